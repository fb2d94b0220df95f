package org.chancery.governance.rooms;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Spare;
import org.chancery.protocol.id.DeviceId;

/// Which device of an identity comes next: that of the quarter, or the first spare. One that was
/// published once never comes again, as somebody may have opened it.
final class NextDevice {
    private NextDevice() {}

    /// Empty where the identity has neither left.
    static Optional<ArchiveDevice> of(
            ArchiveIdentity identity, List<DeviceTerm> spent, Quarter period) {
        Set<DeviceId> gone = spent.stream().map(DeviceTerm::device).collect(Collectors.toSet());
        return identity.device(period)
                .filter(device -> !gone.contains(device.id()))
                .or(() -> spares(identity, spent).stream().findFirst());
    }

    /// How many times in a row there is a next one in that quarter.
    static int left(ArchiveIdentity identity, List<DeviceTerm> spent, Quarter period) {
        boolean ofQuarter =
                identity.device(period)
                        .filter(device -> spent.stream().noneMatch(it -> isOf(it, device)))
                        .isPresent();
        return spares(identity, spent).size() + (ofQuarter ? 1 : 0);
    }

    private static boolean isOf(DeviceTerm term, ArchiveDevice device) {
        return term.device().equals(device.id());
    }

    /// The last quarter for which the identity has a device.
    static Optional<Quarter> ends(ArchiveIdentity identity) {
        return identity.devices().stream()
                .map(ArchiveDevice::slot)
                .filter(Quarter.class::isInstance)
                .map(Quarter.class::cast)
                .max(Comparator.naturalOrder());
    }

    /// The spares that were never published, in order.
    static List<ArchiveDevice> spares(ArchiveIdentity identity, List<DeviceTerm> spent) {
        Set<DeviceId> gone = spent.stream().map(DeviceTerm::device).collect(Collectors.toSet());
        return identity.devices().stream()
                .filter(device -> device.slot() instanceof Spare && !gone.contains(device.id()))
                .sorted(Comparator.comparingInt(device -> ((Spare) device.slot()).number()))
                .toList();
    }
}
