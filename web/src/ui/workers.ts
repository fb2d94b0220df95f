/**
 * Addresses of scripts that run beside the page. With Trusted Types such an address is a sink; this
 * policy, the only one of its name, lets through what this server serves as a script of ours.
 */
interface Policies {
    createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string };
}

const OURS = /^\/(sw\.js|assets\/[\w.-]+\.js|src\/[\w./-]+\.ts(\?.*)?)$/;

function checked(url: string): string {
    const whole = new URL(url, location.href);
    if (whole.origin !== location.origin || !OURS.test(whole.pathname + whole.search)) {
        throw new TypeError('not a script of ours');
    }
    return url;
}

const types = (globalThis as { trustedTypes?: Policies }).trustedTypes;
const policy = types?.createPolicy('chancery-worker', { createScriptURL: checked });

export function ourScript(url: string): string {
    return policy ? policy.createScriptURL(url) : checked(url);
}
