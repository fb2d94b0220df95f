package org.chancery.conformance.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A place in the files of the specification: a node, and where it stands, so that a `$ref` can be
/// followed and the schema validator be sent there.
record Page(Library library, Path file, String pointer, JsonNode node) {
    private static final int REFS_MAX = 16;

    /// The files, each read once.
    static final class Library {
        private final YAMLMapper yaml = new YAMLMapper();
        private final Map<Path, JsonNode> read = new HashMap<>();

        Page open(Path file) {
            return new Page(this, file, "", root(file));
        }

        private JsonNode root(Path file) {
            return read.computeIfAbsent(
                    file,
                    it -> {
                        try {
                            return yaml.readTree(Files.readAllBytes(it));
                        } catch (IOException e) {
                            throw new UncheckedIOException(it.toString(), e);
                        }
                    });
        }
    }

    /// The member of that name, its `$ref` followed; a missing node if there is none.
    Page at(String name) {
        String step = "/" + name.replace("~", "~0").replace("/", "~1");
        return new Page(library, file, pointer + step, node.path(name)).followed();
    }

    Page at(int index) {
        return new Page(library, file, pointer + "/" + index, node.path(index)).followed();
    }

    boolean exists() {
        return !node.isMissingNode();
    }

    /// Where the validator finds this schema.
    String location() {
        return file.toUri() + "#" + pointer;
    }

    private Page followed() {
        Page page = this;
        for (int i = 0; page.node.path("$ref").isTextual(); i++) {
            if (i == REFS_MAX) {
                throw new IllegalArgumentException("too many references from " + location());
            }
            page = page.follow(page.node.path("$ref").asText());
        }
        return page;
    }

    private Page follow(String ref) {
        int hash = ref.indexOf('#');
        String name = hash < 0 ? ref.strip() : ref.substring(0, hash);
        String inside = hash < 0 ? "" : ref.substring(hash + 1);
        Path target = name.isEmpty() ? file : file.resolveSibling(name).normalize();
        return new Page(library, target, inside, library.root(target).at(inside));
    }
}
