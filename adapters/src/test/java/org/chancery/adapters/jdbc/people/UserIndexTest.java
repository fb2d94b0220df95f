package org.chancery.adapters.jdbc.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.NameWords;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserIndexTest {
    private static final UserId ANNA = UserId.parse("@anna:example.org");
    private static final UserId ANNABEL = UserId.parse("@annabel:example.org");
    private static final UserId ZOE = UserId.parse("@zoe:example.org");

    @TempDir private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private JdbcAccountStore accounts;

    @SuppressWarnings("NullAway.Init")
    private JdbcProfileStore profiles;

    @SuppressWarnings("NullAway.Init")
    private JdbcUserIndex index;

    Database database() {
        return Database.sqlite(folder.resolve("people.db"));
    }

    @BeforeEach
    void open() {
        database = database();
        accounts = new JdbcAccountStore(database);
        profiles = new JdbcProfileStore(database);
        index = new JdbcUserIndex(database);
        for (UserId user : List.of(ANNA, ANNABEL, ZOE)) {
            database.commit(0, (tx, _) -> accounts.insert(tx, Account.fresh(user, false, 1), null));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whole_words_come_first_and_pages_follow_each_other() {
        named(ZOE, "Anna Zoe");

        assertEquals(List.of(ANNA, ZOE, ANNABEL), find("anna", 0, 9));
        assertEquals(List.of(ANNA, ZOE), find("anna", 0, 2));
        assertEquals(List.of(ANNABEL), find("anna", 2, 2));
    }

    @Test
    void every_word_must_begin_one() {
        named(ANNA, "Anna Petersen");
        named(ANNABEL, "Annabel Pohl");

        assertEquals(List.of(ANNA), find("an pet", 0, 9));
        assertEquals(List.of(ANNA, ANNABEL), find("p ann", 0, 9));
        assertEquals(List.of(), find("anna x", 0, 9));
    }

    @Test
    void words_of_all_scripts_are_in_the_order_of_their_code_points() {
        named(ZOE, "Ёлка 田中 ｚ \uD801\uDC37\uD801\uDC37");

        assertEquals(List.of(ZOE), find("ёл", 0, 9));
        assertEquals(List.of(ZOE), find("田", 0, 9));
        assertEquals(List.of(ZOE), find("\uD801\uDC37", 0, 9));
    }

    @Test
    void words_follow_the_profile_and_end_with_the_account() {
        named(ANNA, "First");
        named(ANNA, "Second");
        assertEquals(List.of(), find("first", 0, 9));
        assertEquals(List.of(ANNA), find("second", 0, 9));

        database.commit(0, (tx, _) -> profiles.delete(tx, ANNA));
        assertEquals(List.of(), find("second", 0, 9));
        assertEquals(List.of(ANNA, ANNABEL), find("anna", 0, 9));

        Account gone = Account.fresh(ANNA, false, 1).givenUp(false);
        database.commit(0, (tx, _) -> accounts.update(tx, gone));
        assertEquals(List.of(ANNABEL), find("anna", 0, 9));
    }

    private void named(UserId user, String name) {
        JsonObject profile = JsonObject.of(Profiles.DISPLAYNAME, name);
        database.commit(0, (tx, _) -> profiles.put(tx, user, profile));
    }

    private List<UserId> find(String term, int after, int limit) {
        return index.find(NameWords.of(term), after, limit);
    }
}
