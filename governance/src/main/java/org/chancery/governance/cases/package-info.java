/// Cases: who asks that sealed records be opened, who else approves or refuses it, when the members
/// are told, and what is handed over to the machine that opens. Nothing is opened here. Each step
/// is
/// a leaf of the log, so that none is silent.
@NullMarked
package org.chancery.governance.cases;

import org.jspecify.annotations.NullMarked;
