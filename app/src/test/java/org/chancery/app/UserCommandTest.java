package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `chancery user` against a running server.
class UserCommandTest {
    private static final String PASSWORD = "correct horse";

    @TempDir Path folder;
    private FrontDoor server;
    private FrontDoor.User alice;
    private String root = "";

    @BeforeEach
    void open() throws Exception {
        server = new FrontDoor(folder.resolve("data"), "--server-name", "hs1");
        String link = Files.readString(folder.resolve("data").resolve("first-admin")).strip();
        String body =
                """
                {"username":"root","password":"correct horse","auth":
                 {"type":"m.login.registration_token","token":"%s"}}\
                """
                        .formatted(link.substring(link.indexOf("token=") + 6));
        root = server.send("POST", CLIENT + "/register", body, "").ok().text("access_token");
        alice = server.user("alice");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void an_invitation_is_made_listed_and_taken_back_in_the_name_of_an_administrator() {
        Ended invited = root("invite", "--uses=3", "--days", "2");
        Ended listed = root("invitations");
        String id = listed.out.substring(0, listed.out.indexOf('\t'));
        Ended revoked = root("revoke", id);
        Ended gone = root("revoke", id);

        assertTrue(invited.out.matches("http://\\S+/#/register\\?token=\\S+\\n"), invited.out);
        assertTrue(listed.out.contains("used 0 of 3"), listed.out);
        assertTrue(listed.out.contains("by @root:hs1"), listed.out);
        assertEquals(0, revoked.exit);
        assertEquals("", root("invitations").out);
        assertEquals(1, gone.exit);
        assertTrue(gone.err.contains("There is no invitation"), gone.err);
    }

    @Test
    void by_a_reset_link_the_user_and_not_the_administrator_chooses_the_password()
            throws Exception {
        Ended reset = root("reset", "alice");
        String token = reset.out.strip().substring(reset.out.indexOf("token=") + 6);
        String body = "{\"token\":\"" + token + "\",\"new_password\":\"battery staple\"}";
        server.send("POST", "/_chancery/client/v1/password_reset", body, "").ok();

        Ended old = run(PASSWORD, Map.of(), "list", "--as", "alice", "--server", url());
        Ended chosen = run("battery staple", Map.of(), "list", "--as=alice", "--server", url());

        assertEquals(0, reset.exit);
        assertTrue(old.err.contains("knows no alice with that password"), old.err);
        assertTrue(chosen.err.contains("@alice:hs1 is no administrator"), chosen.err);
        assertEquals(1, chosen.exit);
    }

    @Test
    void users_are_listed_with_what_is_special_of_them_and_without_what_steers_terminals()
            throws Exception {
        alice.put(
                        CLIENT + "/profile/" + alice.id + "/displayname",
                        "{\"displayname\":\"A\\u001b[2J\\u202eB\"}")
                .ok();
        assertEquals(0, root("lock", "@alice:hs1").exit);

        Ended listed = root("list");

        List<String> lines = listed.out.lines().toList();
        assertTrue(lines.getFirst().startsWith("@alice:hs1\tlocked\tsince "), listed.out);
        assertTrue(lines.getFirst().endsWith("\tA?[2J?B"), listed.out);
        assertTrue(lines.getLast().startsWith("@root:hs1\tadmin\tsince "), listed.out);
        assertEquals(0, root("unlock", "alice").exit);
        alice.get(CLIENT + "/account/whoami").ok();
    }

    @Test
    void somebody_suspended_reads_until_the_suspension_ends() throws Exception {
        String path = CLIENT + "/profile/" + alice.id + "/displayname";

        assertEquals("@alice:hs1 is suspended.\n", root("suspend", "alice").err);
        alice.put(path, "{\"displayname\":\"A\"}").refused(403, "M_USER_SUSPENDED");
        assertEquals("@alice:hs1 is no longer suspended.\n", root("unsuspend", "alice").err);

        alice.put(path, "{\"displayname\":\"A\"}").ok();
    }

    @Test
    void no_session_is_left_open() throws Exception {
        root("list");
        root("reset", "nobody");

        String devices = server.send("GET", CLIENT + "/devices", "", root).ok().toString();

        assertTrue(!devices.contains("chancery user"), devices);
    }

    @Test
    void a_token_of_the_environment_takes_the_place_of_the_password_and_stays_good() {
        Map<String, String> environment = Map.of(UserCommand.TOKEN_VARIABLE, root);

        for (int i = 0; i < 2; i++) {
            Ended listed = run("", environment, "list", "--server", url());
            assertEquals(0, listed.exit, listed.err);
        }
        Ended wrong =
                run("", Map.of(UserCommand.TOKEN_VARIABLE, "none"), "list", "--server", url());

        assertEquals(1, wrong.exit);
        assertTrue(wrong.err.contains("not good any more"), wrong.err);
    }

    @Test
    void what_is_refused_says_why_and_what_to_do() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        refused(1, "There is no user @nobody:hs1", "reset", "nobody");
        refused(1, "The server refused", "lock", "@root:hs1");
        refused(3, "Is it running?", "list", "--server", "http://127.0.0.1:" + nobody);
        refused(2, "Use https://", "list", "--server", "http://chat.example.org");
        refused(2, "must be a URL", "list", "--server", "chat.example.org");
        refused(2, "there is no act", "promote", "alice");
        refused(2, "there is no option --colour", "list", "--colour", "red");
        refused(2, "reset takes one name", "reset");
        refused(2, "--days must be from 1 to 366", "invite", "--days", "0");
        refused(2, "--uses must be a whole number", "invite", "--uses", "many");
        refused(2, "--uses belongs to invite", "list", "--uses", "1");
        Ended unnamed = run(PASSWORD, Map.of(), "list", "--server", url());
        assertTrue(unnamed.err.contains("--as NAME"), unnamed.err);
        Ended silent = run("", Map.of(), "list", "--as", "root", "--server", url());
        assertTrue(silent.err.contains("No password was given"), silent.err);
    }

    @Test
    void the_process_reads_the_password_from_its_input_and_ends_with_the_code() throws Exception {
        Ended made = process("invite", "--as", "root", "--server", url());
        Ended helped = process("--help");

        assertEquals(0, made.exit, made.err);
        assertTrue(made.out.contains("/#/register?token="), made.out);
        assertEquals(UserCommand.HELP, helped.out);
        assertEquals(2, process("invite", "--as", "root", "--uses", "0").exit);
    }

    private void refused(int exit, String why, String... args) {
        List<String> all = new ArrayList<>(List.of("--as", "root", "--server", url()));
        all.addAll(List.of(args));
        Ended ended = run(PASSWORD, Map.of(), all.toArray(String[]::new));
        assertTrue(ended.err.contains(why), ended.err);
        assertEquals(exit, ended.exit);
        assertEquals("", ended.out);
    }

    /// How a command ended and what it said.
    private record Ended(int exit, String out, String err) {}

    private Ended root(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--as", "root", "--server", url()));
        return run(PASSWORD, Map.of(), all.toArray(String[]::new));
    }

    private String url() {
        return "http://127.0.0.1:" + server.server().port();
    }

    private static Ended run(String password, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new ByteArrayInputStream((password + "\n").getBytes(UTF_8)),
                        Optional.empty());
        int exit = UserCommand.run(List.of(args), environment, terminal);
        return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    private Ended process(String... args) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "user"));
        command.addAll(List.of(args));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try (var in = process.getOutputStream()) {
            in.write((PASSWORD + "\n").getBytes(UTF_8));
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
