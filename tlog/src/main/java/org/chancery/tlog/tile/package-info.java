/// A tree and its entries as files, by C2SP tlog-tiles: which file holds what, how it is called and
/// encoded, and the tree read back out of them. Where the files lie is the port
/// [org.chancery.tlog.tile.TileStore].
@NullMarked
package org.chancery.tlog.tile;

import org.jspecify.annotations.NullMarked;
