package org.chancery.adapters.jdbc.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.protocol.id.UserId;

/// Users as arguments of `IN` lists: in lists of bounded length, each padded with its last user so
/// that it fits [Queries#marks].
final class UserLists {
    private static final int LENGTH_MAX = 256;

    private UserLists() {}

    static List<List<String>> of(Collection<UserId> users) {
        List<List<String>> lists = new ArrayList<>();
        List<String> list = new ArrayList<>();
        for (UserId user : users) {
            list.add(user.toString());
            if (list.size() == LENGTH_MAX) {
                lists.add(list);
                list = new ArrayList<>();
            }
        }
        if (!list.isEmpty()) {
            String last = list.getLast();
            while (list.size() < Queries.padded(list.size())) {
                list.add(last);
            }
            lists.add(list);
        }
        return lists;
    }
}
