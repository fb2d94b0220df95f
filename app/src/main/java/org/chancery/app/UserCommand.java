package org.chancery.app;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.protocol.json.JsonObject;

/// `chancery user`: what an administrator does with accounts, from a command line.
///
/// It is a client of the running server and signs in as a named administrator for each act, so
/// that nothing is done in nobody's name, and nothing beside the server's own rules. It makes links
/// by which people choose their passwords; it never sets one.
final class UserCommand {
    /// Holds an access token to be used instead of a password.
    static final String TOKEN_VARIABLE = "CHANCERY_ACCESS_TOKEN";

    static final String HELP =
            """
            chancery user ACT --as NAME [--server URL]
              invite [--uses N] [--days N]   make a link by which people register
                                             (usually 1 use, 7 days)
              invitations                    list the invitations
              revoke ID                      take an invitation back
              list                           list the accounts
              reset USER                     make a link by which the user sets a new password
              lock USER | unlock USER        shut somebody out, and let them in again
              suspend USER | unsuspend USER  let somebody read only, and write again

              --as NAME       the administrator who acts; the password is asked for, or
                              read from the first line of the input if that is no terminal
              --server URL    where the server is (usually http://127.0.0.1:8008)

            CHANCERY_ACCESS_TOKEN in the environment takes the place of --as and the password.
            Links and lists go to the standard output, all else to the standard error.
            Exit codes: 0 done, 1 refused by the server, 2 not a command, 3 no server reached.
            """;

    private static final String USUAL_SERVER = "http://127.0.0.1:8008";
    private static final String INVITATIONS = "/_chancery/admin/v1/invitations";
    private static final String USERS = "/_chancery/admin/v1/users";
    private static final String SPEC_ADMIN = "/_matrix/client/v1/admin/";
    private static final int PAGE = 500;
    private static final int PAGES_MAX = 100_000;
    private static final int USES_MAX = 1_000_000;
    private static final int DAYS_MAX = 366;

    private final Terminal terminal;
    private final AdminClient client;
    private final Words words;
    private String self = "";

    private UserCommand(Terminal terminal, AdminClient client, Words words) {
        this.terminal = terminal;
        this.client = client;
        this.words = words;
    }

    /// What was typed: an act, what it acts on, and options.
    private record Words(String act, List<String> objects, Map<String, String> options) {
        private static final Set<String> OPTIONS = Set.of("--as", "--server", "--uses", "--days");
        private static final Set<String> OF_INVITE = Set.of("--uses", "--days");
        private static final Set<String> ALONE = Set.of("invite", "invitations", "list");
        private static final Set<String> WITH_OBJECT =
                Set.of("revoke", "reset", "lock", "unlock", "suspend", "unsuspend");

        static Words read(List<String> args) {
            List<String> plain = new ArrayList<>();
            Map<String, String> options = new HashMap<>();
            for (int i = 0; i < args.size(); i++) {
                String word = args.get(i);
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                if (!word.startsWith("--")) {
                    plain.add(word);
                } else if (!OPTIONS.contains(name)) {
                    throw misused("there is no option " + name);
                } else if (equals >= 0) {
                    options.put(name, word.substring(equals + 1));
                } else if (i + 1 < args.size()) {
                    options.put(name, args.get(++i));
                } else {
                    throw misused(name + " has no value");
                }
            }
            Words words =
                    new Words(
                            plain.isEmpty() ? "" : plain.getFirst(),
                            plain.isEmpty() ? plain : plain.subList(1, plain.size()),
                            options);
            words.check();
            return words;
        }

        private void check() {
            if (!ALONE.contains(act) && !WITH_OBJECT.contains(act)) {
                throw misused(act.isEmpty() ? "what is to be done?" : "there is no act " + act);
            }
            int wanted = ALONE.contains(act) ? 0 : 1;
            if (objects.size() != wanted) {
                throw misused(act + " takes " + (wanted == 0 ? "no name" : "one name"));
            }
            for (String option : OF_INVITE) {
                if (options.containsKey(option) && !act.equals("invite")) {
                    throw misused(option + " belongs to invite");
                }
            }
            number("--uses", 1, USES_MAX);
            number("--days", 1, DAYS_MAX);
        }

        /// The value of an option, or what is usual.
        long number(String option, long usual, long max) {
            String text = options.getOrDefault(option, Long.toString(usual));
            try {
                long number = Long.parseLong(text);
                if (number >= 1 && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw misused(option + " must be a whole number, not " + text);
            }
            throw misused(option + " must be from 1 to " + max);
        }

        String object() {
            return objects.getFirst();
        }

        private static CommandFault misused(String message) {
            return new CommandFault(CommandFault.MISUSED, message + "; try: chancery user --help");
        }
    }

    /// Does what the words after `chancery user` say.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Map<String, String> environment, Terminal terminal) {
        if (args.contains("--help") || args.equals(List.of("help"))) {
            terminal.out().print(HELP);
            return 0;
        }
        try {
            Words words = Words.read(args);
            String server = words.options().getOrDefault("--server", USUAL_SERVER);
            try (AdminClient client = AdminClient.of(server)) {
                new UserCommand(terminal, client, words).run(environment);
            }
            return 0;
        } catch (CommandFault e) {
            terminal.err().println("chancery user: " + e.getMessage());
            return e.exit();
        }
    }

    private void run(Map<String, String> environment) {
        String name = words.options().getOrDefault("--as", "");
        String token = environment.getOrDefault(TOKEN_VARIABLE, "");
        if (!name.isEmpty()) {
            self = client.signIn(name, terminal.password("Password of " + name + ": "));
        } else if (!token.isEmpty()) {
            self = client.use(token);
        } else {
            throw Words.misused("say who you are with --as NAME");
        }
        try {
            act();
        } finally {
            if (!client.signOut()) {
                terminal.err().println("The session \"chancery user\" of " + self + " is open.");
            }
        }
    }

    private void act() {
        switch (words.act()) {
            case "invite" -> invite();
            case "invitations" -> pages(INVITATIONS, "invitations", this::printInvitation);
            case "revoke" -> revoke();
            case "list" -> pages(USERS, "users", this::printUser);
            case "reset" -> reset();
            case "lock" -> restrict("lock", "locked", true);
            case "unlock" -> restrict("lock", "locked", false);
            case "suspend" -> restrict("suspend", "suspended", true);
            case "unsuspend" -> restrict("suspend", "suspended", false);
            default -> throw new AssertionError(words.act());
        }
    }

    private void invite() {
        long uses = words.number("--uses", 1, USES_MAX);
        Duration life = Duration.ofDays(words.number("--days", 7, DAYS_MAX));
        JsonObject body =
                JsonObject.EMPTY.with("uses_allowed", uses).with("expires_in_ms", life.toMillis());
        JsonObject made = done(client.post(INVITATIONS, body));
        terminal.err()
                .printf(
                        "Invitation %s by %s, for %d %s, until %s. Its link is told only now;"
                                + " what follows token= is the registration token:%n",
                        text(made, "id"),
                        self,
                        uses,
                        uses == 1 ? "account" : "accounts",
                        time(made.integer("expires_at")));
        terminal.out().println(text(made, "link"));
    }

    private void printInvitation(JsonObject invitation) {
        OptionalLong allowed = invitation.integer("uses_allowed");
        terminal.out()
                .printf(
                        "%s\tused %d of %s\tuntil %s\tby %s%n",
                        text(invitation, "id"),
                        invitation.integer("uses").orElse(0),
                        allowed.isPresent() ? Long.toString(allowed.getAsLong()) : "any",
                        time(invitation.integer("expires_at")),
                        invitation.has("created_by") ? text(invitation, "created_by") : "-");
    }

    private void revoke() {
        AdminClient.Answer answer =
                client.delete(INVITATIONS + "/" + AdminClient.encoded(words.object()));
        if (answer.is("M_NOT_FOUND")) {
            throw new CommandFault(
                    CommandFault.REFUSED,
                    "There is no invitation "
                            + words.object()
                            + ". See: chancery user invitations");
        }
        done(answer);
        terminal.err().println("Invitation " + words.object() + " is taken back.");
    }

    private void printUser(JsonObject user) {
        List<String> marks = new ArrayList<>();
        for (String mark : List.of("admin", "locked", "suspended", "deactivated")) {
            if (user.isTrue(mark)) {
                marks.add(mark);
            }
        }
        terminal.out()
                .printf(
                        "%s\t%s\tsince %s\t%s%n",
                        text(user, "user_id"),
                        marks.isEmpty() ? "-" : String.join(",", marks),
                        time(user.integer("created_at")),
                        user.has("displayname") ? text(user, "displayname") : "-");
    }

    private void reset() {
        String user = user();
        String path = USERS + "/" + AdminClient.encoded(user) + "/password_reset";
        JsonObject made = doneTo(user, client.post(path, JsonObject.EMPTY));
        terminal.err()
                .printf(
                        "%s sets a new password by this link, once, until %s;"
                                + " all sessions end then:%n",
                        user, time(made.integer("expires_at")));
        terminal.out().println(text(made, "link"));
    }

    private void restrict(String act, String member, boolean is) {
        String user = user();
        JsonObject body = JsonObject.EMPTY.with(member, is);
        doneTo(user, client.put(SPEC_ADMIN + act + "/" + AdminClient.encoded(user), body));
        terminal.err().println(user + " is " + (is ? "" : "no longer ") + member + ".");
    }

    /// The full id of whom the act is about; a bare name is one of the administrator's server.
    private String user() {
        String name = words.object();
        return name.startsWith("@") ? name : "@" + name + self.substring(self.indexOf(':'));
    }

    private JsonObject doneTo(String user, AdminClient.Answer answer) {
        if (answer.is("M_NOT_FOUND")) {
            throw new CommandFault(
                    CommandFault.REFUSED, "There is no user " + user + ". See: chancery user list");
        }
        return done(answer);
    }

    /// The server says of both, who may not and what may not be, that it is forbidden.
    private JsonObject done(AdminClient.Answer answer) {
        if (answer.is("M_FORBIDDEN") && client.get(USERS + "?limit=1").is("M_FORBIDDEN")) {
            throw new CommandFault(
                    CommandFault.REFUSED,
                    self + " is no administrator of this server. Sign in as one: --as NAME");
        }
        return client.done(answer);
    }

    /// Prints a list to its end, page by page.
    private void pages(String path, String member, Consumer<JsonObject> printer) {
        String query = "?limit=" + PAGE;
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonObject json = done(client.get(path + query));
            json.array(member).ifPresent(all -> all.objects().forEach(printer));
            if (json.string("next_batch").isEmpty()) {
                return;
            }
            query = "?limit=" + PAGE + "&from=" + AdminClient.encoded(text(json, "next_batch"));
        }
    }

    private static String text(JsonObject json, String member) {
        return Terminal.harmless(json.string(member).orElse("-"));
    }

    private static String time(OptionalLong millis) {
        return millis.isPresent()
                ? Instant.ofEpochMilli(millis.getAsLong())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                : "revoked";
    }
}
