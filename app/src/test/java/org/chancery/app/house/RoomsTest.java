package org.chancery.app.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the class files to `architecture/rooms.txt` and to the bans of invariants 6, 8 and 11.
class RoomsTest {
    private static final String ROOT = "org.chancery.";
    private static final Plan PLAN =
            Plan.read(Repository.lines(Repository.root().resolve("architecture/rooms.txt")));
    private static final List<String> MODULES =
            List.of(
                    "protocol",
                    "tlog",
                    "archive",
                    "ledger",
                    "verifier",
                    "homeserver",
                    "governance",
                    "adapters",
                    "api",
                    "app",
                    "custody");
    private static final JavaClasses CLASSES = production();
    private static final Set<String> PROGRAMS = Set.of("app", "custody.command", "verifier");
    private static final int CONSTRUCTOR_ARGUMENTS_MAX = 7;

    private static JavaClasses production() {
        List<Path> floors = new ArrayList<>();
        for (String module : MODULES) {
            floors.add(Repository.root().resolve(module).resolve("target/classes"));
        }
        return new ClassFileImporter().importPaths(floors);
    }

    @Test
    void the_import_finds_every_floor() {
        Set<String> modules = new TreeSet<>();

        CLASSES.forEach(type -> modules.add(type.getPackageName().split("\\.", -1)[2]));

        assertTrue(modules.containsAll(Set.copyOf(MODULES)));
    }

    @Test
    void every_room_stands_in_the_plan() {
        Set<String> rooms = new TreeSet<>();

        CLASSES.forEach(type -> rooms.add(room(type)));

        rooms.removeAll(PLAN.allowed().keySet());
        assertEquals(Set.of(), rooms, "add these rooms to architecture/rooms.txt");
    }

    @Test
    void no_room_of_the_plan_is_empty() {
        Set<String> empty = new TreeSet<>(PLAN.allowed().keySet());

        for (JavaClass type : CLASSES) {
            if (!type.getSimpleName().equals("package-info")) {
                empty.remove(room(type));
            }
        }

        assertEquals(Set.of(), empty, "nobody lives in these rooms of architecture/rooms.txt");
    }

    @Test
    void a_room_imports_only_what_the_plan_allows() {
        Set<String> wrong = new TreeSet<>();

        for (JavaClass type : CLASSES) {
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                JavaClass target = arrow.getTargetClass().getBaseComponentType();
                if (target.getName().startsWith(ROOT) && !allowed(room(type), room(target))) {
                    wrong.add(room(type) + " <- " + room(target) + ": " + type.getName());
                }
            }
        }

        assertEquals(Set.of(), wrong);
    }

    @Test
    void a_plan_with_an_upward_arrow_is_refused() {
        List<String> lines = List.of("ground <- roof", "roof <-");

        var refusal = assertThrows(IllegalArgumentException.class, () -> Plan.read(lines));

        assertEquals("ground names roof, not above it", refusal.getMessage());
    }

    @Test
    void doors_and_adapters_never_meet() {
        Set<String> wrong = new TreeSet<>();

        PLAN.allowed()
                .forEach(
                        (room, below) -> {
                            if (room.startsWith("api.")
                                    && below.stream().anyMatch(b -> b.startsWith("adapters."))) {
                                wrong.add(room);
                            }
                        });

        assertEquals(Set.of(), wrong);
    }

    @Test
    void a_ban_sees_calls_and_method_references() {
        JavaClass culprit = new ClassFileImporter().importClass(Culprit.class);

        long found =
                culprit.getAccessesFromSelf().stream().filter(RoomsTest::takesTimeOrChance).count();

        assertEquals(2, found);
    }

    @Test
    void time_and_chance_come_in_by_the_constructor() {
        assertEquals(Set.of(), outside(PROGRAMS, RoomsTest::takesTimeOrChance));
    }

    @Test
    void nobody_sleeps_and_only_the_command_line_prints() {
        Predicate<JavaAccess<?>> banned =
                access ->
                        calls(access, "java.lang.Thread", "sleep")
                                || calls(access, "java.lang.System", "out")
                                || calls(access, "java.lang.System", "err")
                                || calls(access, "java.lang.Throwable", "printStackTrace")
                                || calls(access, "java.lang.System", "exit");

        assertEquals(Set.of(), outside(PROGRAMS, banned));
    }

    @Test
    void sql_stays_in_the_jdbc_room_and_the_rooms_inside_it() {
        Set<String> jdbc = new TreeSet<>(PLAN.allowed().keySet());
        jdbc.removeIf(room -> !(room + ".").startsWith("adapters.jdbc."));

        assertTrue(jdbc.size() > 1);
        assertEquals(Set.of(), importers(jdbc, "java.sql.", "javax.sql."));
        assertEquals(
                Set.of(), importers(Set.of("adapters.jdbc"), "org.sqlite.", "org.postgresql."));
    }

    @Test
    void the_http_engine_stays_behind_its_door() {
        assertEquals(Set.of(), importers(Set.of("api.http"), "org.eclipse.jetty."));
    }

    @Test
    void cryptography_by_bouncy_castle_stays_in_one_room_of_each_program() {
        Set<String> rooms = Set.of("adapters.crypto", "custody.seal");

        assertEquals(Set.of(), importers(rooms, "org.bouncycastle."));
    }

    @Test
    void no_server_has_what_opens_a_sealed_record() {
        Set<String> wrong = importers(Set.of("custody.olm"), "de.connect2x.", "kotlin.");
        wrong.addAll(importers(Set.of("custody.seal"), "com.codahale."));
        for (JavaClass type : CLASSES) {
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                String target = arrow.getTargetClass().getBaseComponentType().getName();
                if (target.startsWith(ROOT + "custody.") && !room(type).startsWith("custody.")) {
                    wrong.add(type.getName() + " -> " + target);
                }
            }
        }

        assertEquals(Set.of(), wrong);
    }

    @Test
    void what_opens_a_sealed_record_is_packed_with_no_server() {
        Pattern opener = Pattern.compile("(chancery-custody|vodozemac|shamir)</artifactId>.*");
        List<String> wrong = new ArrayList<>();

        for (String module : MODULES) {
            Path pom = Repository.root().resolve(module).resolve("pom.xml");
            for (String line :
                    module.equals("custody") ? List.<String>of() : Repository.lines(pom)) {
                if (opener.matcher(line).find() && !line.contains("<scope>test</scope>")) {
                    wrong.add(module + ": " + line.strip());
                }
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    void sockets_and_files_stay_at_the_edge() {
        Set<String> edge =
                Set.of(
                        "adapters.jdbc",
                        "adapters.blobs",
                        "adapters.crypto",
                        "adapters.tiles",
                        "adapters.outbound",
                        "api.http",
                        "app",
                        "custody.command",
                        "custody.files",
                        "custody.opening",
                        "custody.packages",
                        "custody.redaction",
                        "verifier");

        Set<String> wrong =
                importers(
                        edge,
                        "java.net.Socket",
                        "java.net.ServerSocket",
                        "java.net.DatagramSocket",
                        "java.net.URLConnection",
                        "java.net.http.",
                        "java.nio.channels.",
                        "java.nio.file.Files",
                        "java.nio.file.Path",
                        "java.io.File",
                        "java.io.RandomAccessFile");

        assertEquals(Set.of(), wrong);
    }

    @Test
    void only_one_room_asks_other_servers() {
        Set<String> wrong =
                importers(
                        Set.of("adapters.outbound"),
                        "java.net.Socket",
                        "java.net.URLConnection",
                        "java.net.HttpURLConnection",
                        "java.nio.channels.SocketChannel",
                        "javax.net.ssl.SSLSocket",
                        "java.net.http.");

        // The command line asks its own server, and hands out the factory of sockets with TLS.
        wrong.removeIf(it -> it.contains("app.AdminClient") || it.contains("app.Pushing"));
        assertEquals(Set.of(), wrong);
    }

    @Test
    void pictures_are_read_in_one_room_of_each_program() {
        Set<String> rooms = Set.of("adapters.images", "custody.redaction");

        assertEquals(Set.of(), importers(rooms, "java.awt.", "javax.imageio."));
    }

    @Test
    void threads_are_started_only_where_the_list_says() {
        Set<String> listed = new TreeSet<>();
        for (String line :
                Repository.lines(Repository.root().resolve("architecture/threads.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                listed.add(ROOT + line.substring(0, line.indexOf(' ')));
            }
        }
        Set<String> found = new TreeSet<>();

        for (JavaClass type : CLASSES) {
            if (type.getAccessesFromSelf().stream().anyMatch(RoomsTest::startsThreads)) {
                found.add(outermost(type).getName());
            }
        }

        assertEquals(listed, found, "architecture/threads.txt must name exactly these classes");
    }

    @Test
    void a_constructor_takes_at_most_seven_arguments() {
        Set<String> wrong = new TreeSet<>();

        for (JavaClass type : CLASSES) {
            if (!type.isRecord() && !type.isEnum() && !type.isAnonymousClass()) {
                for (JavaConstructor constructor : type.getConstructors()) {
                    if (constructor.getRawParameterTypes().size() > CONSTRUCTOR_ARGUMENTS_MAX
                            && !constructor.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                        wrong.add(constructor.getFullName());
                    }
                }
            }
        }

        assertEquals(Set.of(), wrong);
    }

    private static boolean takesTimeOrChance(JavaAccess<?> access) {
        return calls(access, "java.time.Instant", "now")
                || calls(access, "java.time.LocalDate", "now")
                || calls(access, "java.time.LocalDateTime", "now")
                || calls(access, "java.time.ZonedDateTime", "now")
                || calls(access, "java.time.InstantSource", "system")
                || calls(access, "java.time.Clock", "systemUTC")
                || calls(access, "java.time.Clock", "systemDefaultZone")
                || calls(access, "java.lang.System", "currentTimeMillis")
                || calls(access, "java.util.UUID", "randomUUID")
                || calls(access, "java.lang.Math", "random")
                || calls(access, "java.util.concurrent.ThreadLocalRandom", "current")
                || calls(access, "java.util.Random", "<init>")
                || calls(access, "java.security.SecureRandom", "<init>")
                || calls(access, "java.security.SecureRandom", "getInstanceStrong");
    }

    private static boolean startsThreads(JavaAccess<?> access) {
        return calls(access, "java.lang.Thread", "<init>")
                || calls(access, "java.lang.Thread", "ofVirtual")
                || calls(access, "java.lang.Thread", "ofPlatform")
                || calls(access, "java.lang.Thread", "startVirtualThread")
                || calls(access, "java.util.Timer", "<init>")
                || access.getTargetOwner().getName().equals("java.util.concurrent.Executors")
                || calls(access, "java.util.concurrent.ThreadPoolExecutor", "<init>")
                || calls(access, "java.util.concurrent.ForkJoinPool", "<init>");
    }

    private static Set<String> outside(Set<String> rooms, Predicate<JavaAccess<?>> banned) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (!rooms.contains(room(type))) {
                type.getAccessesFromSelf().stream()
                        .filter(banned)
                        .forEach(access -> wrong.add(access.getDescription()));
            }
        }
        return wrong;
    }

    private static Set<String> importers(Set<String> rooms, String... prefixes) {
        List<String> banned = new ArrayList<>(List.of(prefixes));
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                String target = arrow.getTargetClass().getBaseComponentType().getName();
                if (!rooms.contains(room(type)) && banned.stream().anyMatch(target::startsWith)) {
                    wrong.add(type.getName() + " -> " + target);
                }
            }
        }
        return wrong;
    }

    private static boolean calls(JavaAccess<?> access, String owner, String name) {
        return access.getTargetOwner().getName().equals(owner) && access.getName().equals(name);
    }

    private static boolean allowed(String room, String target) {
        return room.equals(target)
                || Objects.requireNonNullElse(PLAN.allowed().get(room), Set.of()).contains(target);
    }

    private static String room(JavaClass type) {
        return Plan.roomOf(type.getPackageName());
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
