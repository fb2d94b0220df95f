package org.chancery.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.crypto.Argon2Passwords;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.homeserver.accounts.DeactivationListener;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.accounts.RemoteProfiles;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.homeserver.sessions.Authentication;
import org.chancery.homeserver.sessions.Deactivation;
import org.chancery.homeserver.sessions.DeviceListener;
import org.chancery.homeserver.sessions.Login;
import org.chancery.homeserver.sessions.PasswordChanges;
import org.chancery.homeserver.sessions.Registration;
import org.chancery.homeserver.sessions.Restrictions;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.homeserver.sessions.SharedSecret;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.TokenLife;
import org.chancery.homeserver.sessions.UserInteractive;

/// The accounts and sessions of the domain.
record People(
        Usernames usernames,
        Passwords passwords,
        Invitations invitations,
        Profiles profiles,
        Authentication authentication,
        Sessions sessions,
        Registration registration,
        Login login,
        PasswordChanges passwordChanges,
        Deactivation deactivation,
        Restrictions restrictions,
        UserInteractive interactive,
        Optional<SharedSecret> sharedSecret) {
    private static final int LIMITED_KEYS_MAX = 100_000;
    private static final RateLimiter.Rate PASSWORD_RATE =
            new RateLimiter.Rate(10, Duration.ofSeconds(20));
    private static final RateLimiter.Rate UNLIMITED =
            new RateLimiter.Rate(1_000_000, Duration.ofNanos(1));

    /// @param devices told when devices go, in the same transaction
    /// @param belongings told when an account is given up, after its memberships
    static People of(
            Config config,
            Stores stores,
            Journal journal,
            Rooms rooms,
            List<DeviceListener> devices,
            List<DeactivationListener> belongings,
            InstantSource clock,
            SecureRandom random) {
        Secrets secrets = new Secrets(random);
        Usernames usernames = usernames(config, stores, secrets);
        Passwords passwords = passwords(config, stores, clock, random);
        Invitations invitations =
                new Invitations(stores.invitations(), stores.accounts(), journal, secrets, clock);
        Authentication authentication = new Authentication(stores.sessions(), journal, clock);
        Sessions sessions =
                new Sessions(
                        stores.sessions(),
                        authentication,
                        journal,
                        secrets,
                        clock,
                        TokenLife.USUAL,
                        devices);
        return new People(
                usernames,
                passwords,
                invitations,
                new Profiles(
                        stores.profiles(),
                        stores.accounts(),
                        usernames,
                        RemoteProfiles.NONE,
                        journal,
                        List.of(rooms.memberships()::profileChanged)),
                authentication,
                sessions,
                new Registration(
                        usernames,
                        stores.accounts(),
                        passwords,
                        invitations,
                        sessions,
                        journal,
                        clock),
                new Login(usernames, stores.accounts(), passwords, sessions, journal),
                new PasswordChanges(
                        stores.accounts(),
                        stores.resets(),
                        passwords,
                        sessions,
                        journal,
                        secrets,
                        clock),
                new Deactivation(
                        stores.accounts(),
                        stores.resets(),
                        stores.profiles(),
                        sessions,
                        journal,
                        departures(rooms, belongings)),
                new Restrictions(stores.accounts(), usernames, authentication, journal),
                new UserInteractive(stages(usernames, passwords, invitations), secrets, clock),
                config.registration()
                        .sharedSecret()
                        .map(secret -> new SharedSecret(secret, secrets, clock)));
    }

    /// The names of archive users are never registered.
    private static Usernames usernames(Config config, Stores stores, Secrets secrets) {
        return new Usernames(
                config.serverName(),
                user -> user.localpart().startsWith(ArchiveIdentity.NAME_PREFIX),
                stores.accounts(),
                secrets);
    }

    private static List<Stage> stages(
            Usernames usernames, Passwords passwords, Invitations invitations) {
        return List.of(
                new Stage.Dummy(),
                new Stage.RegistrationToken(invitations),
                new Stage.Password(usernames, passwords));
    }

    /// What follows when an account is given up: the user leaves, then what was kept goes.
    private static List<DeactivationListener> departures(
            Rooms rooms, List<DeactivationListener> belongings) {
        List<DeactivationListener> all = new ArrayList<>();
        all.add((user, _) -> rooms.memberships().leaveAll(user));
        all.addAll(belongings);
        return all;
    }

    private static Passwords passwords(
            Config config, Stores stores, InstantSource clock, SecureRandom random) {
        boolean unsafe = config.unsafeTestProfile();
        return new Passwords(
                stores.accounts(),
                new Argon2Passwords(
                        unsafe ? Argon2Passwords.Cost.CHEAP : Argon2Passwords.Cost.USUAL, random),
                new RateLimiter(unsafe ? UNLIMITED : PASSWORD_RATE, LIMITED_KEYS_MAX, clock));
    }
}
