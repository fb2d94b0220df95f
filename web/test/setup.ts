// What the SDK uses and Node 20 lacks; browsers of our floor have it.
if (!('withResolvers' in Promise)) {
    Object.defineProperty(Promise, 'withResolvers', {
        value<T>(this: PromiseConstructor) {
            let resolve: (value: T) => void = () => undefined;
            let reject: (fault: unknown) => void = () => undefined;
            const promise = new this<T>((yes, no) => {
                resolve = yes as (value: T) => void;
                reject = no;
            });
            return { promise, resolve, reject };
        },
    });
}
