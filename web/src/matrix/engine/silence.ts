/** The SDK says nothing: its names and errors can hold what no console should. */
import { type Logger, logger } from 'matrix-js-sdk/lib/logger.js';

const nothing = () => undefined;

/** For what asks its client for a log. */
export const silent: Logger = {
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    getChild: () => silent,
};

/** How the SDK's own log, which some of its parts write to all the same, makes its methods. */
interface Making {
    methodFactory: () => () => void;
    rebuild(): void;
}

const own = logger as unknown as Making;
own.methodFactory = () => nothing; // Logs made from it later, one for each chat, take this over.
own.rebuild();
