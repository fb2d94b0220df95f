package org.chancery.homeserver.sessions;

import java.util.Optional;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// One step of interactive authentication (client-server API, "Authentication types").
public sealed interface Stage {
    String DUMMY = "m.login.dummy";
    String PASSWORD = "m.login.password";
    String REGISTRATION_TOKEN = "m.login.registration_token";
    String TERMS = "m.login.terms";

    /// The name on the wire.
    String type();

    /// What the client must know before it can take this step.
    default JsonObject params() {
        return JsonObject.EMPTY;
    }

    /// Judges what the client submits.
    ///
    /// @param user who asks, where that is known
    /// @return what was proven, for who asked for the proof
    /// @throws org.chancery.protocol.error.MatrixException where nothing was proven
    String check(JsonObject auth, @Nullable UserId user);

    /// Nothing to prove.
    record Dummy() implements Stage {
        @Override
        public String type() {
            return DUMMY;
        }

        @Override
        public String check(JsonObject auth, @Nullable UserId user) {
            return "";
        }
    }

    /// The terms were shown and accepted.
    ///
    /// @param params the documents: `{"policies": {...}}`
    record Terms(JsonObject params) implements Stage {
        @Override
        public String type() {
            return TERMS;
        }

        @Override
        public String check(JsonObject auth, @Nullable UserId user) {
            return "";
        }
    }

    /// A registration token that is valid now. Proves the token.
    record RegistrationToken(Invitations invitations) implements Stage {
        @Override
        public String type() {
            return REGISTRATION_TOKEN;
        }

        @Override
        public String check(JsonObject auth, @Nullable UserId user) {
            Optional<String> token = auth.string("token");
            if (token.isEmpty()) {
                throw new MatrixError.MissingParam("A registration token is needed").asException();
            }
            if (!invitations.isValid(token.get())) {
                throw new MatrixError.Forbidden("The registration token is not valid")
                        .asException();
            }
            return token.get();
        }
    }

    /// The password of the user who asks; nobody else's will do.
    record Password(Usernames usernames, Passwords passwords) implements Stage {
        @Override
        public String type() {
            return PASSWORD;
        }

        @Override
        public String check(JsonObject auth, @Nullable UserId user) {
            Optional<String> password = auth.string("password");
            if (password.isEmpty()) {
                throw new MatrixError.MissingParam("A password is needed").asException();
            }
            if (user == null || !isMeant(auth, user) || !passwords.verify(user, password.get())) {
                throw new MatrixError.Forbidden("Invalid username or password").asException();
            }
            return "";
        }

        /// Who names nobody means himself.
        private boolean isMeant(JsonObject auth, UserId user) {
            Optional<JsonObject> identifier = auth.object("identifier");
            if (identifier.isPresent()
                    && !identifier.get().string("type").orElse("").equals("m.id.user")) {
                return false;
            }
            Optional<String> typed = identifier.orElse(auth).string("user");
            try {
                return typed.isEmpty() || usernames.meant(typed.get()).equals(user);
            } catch (MalformedId e) {
                return false;
            }
        }
    }
}
