const SEAL =
    'M31.0 78.9A10 10 0 0 1 18.6 67.4A10 10 0 0 1 12.4 51.7A10 10 0 0 1 13.7 34.8A10 10 0 0 1 22.1 20.2A10 10 0 0 1 36.1 10.6A10 10 0 0 1 52.8 8.1A10 10 0 0 1 69.0 13.1A10 10 0 0 1 81.4 24.6A10 10 0 0 1 87.6 40.3A10 10 0 0 1 86.3 57.2A10 10 0 0 1 77.9 71.8A10 10 0 0 1 63.9 81.4A10 10 0 0 1 47.2 83.9C46 90 38 96 25 97.5C31 92.5 33.5 87 31.0 78.9Z';

/** The seal. Never under 24. */
export function Mark({ size }: { size: number }) {
    return (
        <svg className="mark" width={size} height={size} viewBox="0 0 100 100" aria-hidden="true">
            <path fill="currentColor" d={SEAL} />
            <g className="cut">
                <path
                    d="M65.0 57.7A19 19 0 1 1 65.0 34.3"
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="7.5"
                    strokeLinecap="round"
                />
                <circle cx="50" cy="46" r="6" fill="currentColor" />
            </g>
        </svg>
    );
}
