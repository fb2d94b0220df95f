package org.chancery.tlog.verify;

import java.util.List;
import java.util.Set;
import org.chancery.tlog.note.VerifierKey;

/// Which witnesses together are enough (C2SP tlog-policy, "Defining a witness group").
public sealed interface Quorum {
    /// Whether those that have cosigned suffice.
    boolean met(Set<VerifierKey> cosigned);

    /// How it reads: `2 of (a, b, c)`.
    String words();

    /// No witness is asked for.
    record None() implements Quorum {
        @Override
        public boolean met(Set<VerifierKey> cosigned) {
            return true;
        }

        @Override
        public String words() {
            return "none";
        }
    }

    /// This one witness.
    record Witness(String name, VerifierKey key) implements Quorum {
        @Override
        public boolean met(Set<VerifierKey> cosigned) {
            return cosigned.contains(key);
        }

        @Override
        public String words() {
            return name;
        }
    }

    /// At least `least` of the members.
    record Group(int least, List<Quorum> members) implements Quorum {
        public Group {
            members = List.copyOf(members);
            if (least < 1 || least > members.size()) {
                throw new IllegalArgumentException(least + " of " + members.size());
            }
        }

        @Override
        public boolean met(Set<VerifierKey> cosigned) {
            return members.stream().filter(member -> member.met(cosigned)).count() >= least;
        }

        @Override
        public String words() {
            var names = members.stream().map(Quorum::words).toList();
            return least + " of (" + String.join(", ", names) + ")";
        }
    }
}
