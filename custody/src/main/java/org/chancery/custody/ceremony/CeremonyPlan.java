package org.chancery.custody.ceremony;

import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.order.Choice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.Slot;
import org.chancery.archive.stock.Spare;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;

/// What a ceremony is to make.
///
/// @param first the first quarter that gets a device
/// @param quarters how many quarters get one
/// @param rooms how many identities are for rooms
/// @param rehearsals how many more are for rehearsals
public record CeremonyPlan(
        StockId stock,
        ServerName server,
        Quarter first,
        int quarters,
        int spares,
        int rooms,
        int rehearsals,
        int k,
        List<Custodian> custodians) {
    public CeremonyPlan {
        custodians = List.copyOf(custodians);
        Sharing.checkQuorum(k, custodians);
        if (quarters < 1 || spares < 1 || quarters + spares > ArchiveIdentity.DEVICES_MAX) {
            throw new MalformedArchive(
                    "an identity has a device for each quarter and at least one spare, at most "
                            + ArchiveIdentity.DEVICES_MAX
                            + " in all");
        }
        int all = rooms + rehearsals;
        if (rooms < 1 || rehearsals < 1 || all > ArchiveIdentity.NUMBER_MAX) {
            throw new MalformedArchive(
                    "a stock has identities for rooms and at least one for rehearsals");
        }
        if (Choice.size(all) >= all) {
            throw new MalformedArchive("after a tenth is opened nothing would be left");
        }
    }

    public int identities() {
        return rooms + rehearsals;
    }

    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        Quarter quarter = first;
        for (int i = 0; i < quarters; i++) {
            slots.add(quarter);
            quarter = quarter.next();
        }
        for (int i = 1; i <= spares; i++) {
            slots.add(new Spare(i));
        }
        return slots;
    }

    /// The last ones are for rehearsals.
    ArchiveIdentity.Use use(int number) {
        return number <= rooms ? ArchiveIdentity.Use.ROOM : ArchiveIdentity.Use.REHEARSAL;
    }

    UserId user(int number) {
        String name = "%s.%05d".formatted(stock.value().substring(0, 8), number);
        return new UserId(ArchiveIdentity.NAME_PREFIX + name, server);
    }
}
