/// Matrix as pure functions: no I/O, clock, thread or log.
module org.chancery.protocol {
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports org.chancery.protocol.authrules;
    exports org.chancery.protocol.error;
    exports org.chancery.protocol.event;
    exports org.chancery.protocol.filter;
    exports org.chancery.protocol.glob;
    exports org.chancery.protocol.id;
    exports org.chancery.protocol.json;
    exports org.chancery.protocol.pushrules;
    exports org.chancery.protocol.roomversion;
    exports org.chancery.protocol.signing;
    exports org.chancery.protocol.stateres;
    exports org.chancery.protocol.visibility;
}
