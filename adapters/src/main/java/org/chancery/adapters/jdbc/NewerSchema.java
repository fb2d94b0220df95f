package org.chancery.adapters.jdbc;

/// The database was made by a newer program. Start that one, or restore the backup made before the
/// upgrade.
public final class NewerSchema extends RuntimeException {
    private static final long serialVersionUID = 1;

    NewerSchema(long found, long known) {
        super(
                "a newer version wrote the data: its schema is %d, this program knows up to %d"
                        .formatted(found, known));
    }
}
