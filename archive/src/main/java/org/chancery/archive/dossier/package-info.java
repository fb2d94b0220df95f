/// The dossier: the folder that the server hands to the machine on which a case is opened
/// (docs/dossier-format.md). It holds the case and its proof, and of each room what an opening
/// needs: signed events, the Olm messages to the archive's devices in their order, containers, keys
/// of members, leaves with their proofs, blobs. All of it is public or sealed: without the shares
/// of
/// a quorum it opens nothing.
///
/// Writing and reading go by a port, one small file or bounded piece at a time, so that neither
/// side holds a room in memory.
@NullMarked
package org.chancery.archive.dossier;

import org.jspecify.annotations.NullMarked;
