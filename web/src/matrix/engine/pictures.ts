/** The 64 signs of the short authentication string, by number (client-server API, 11.12.2.2). */
const SIGNS = [
    ...'🐶🐱🦁🐎🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌏🌙☁🔥🍌🍎🍓🌽🍕🎂❤😀🤖🎩👓🔧🎅👍☂⌛⏰🎁💡📕✏📎✂🔒🔑🔨☎🏁🚂🚲✈🚀🏆⚽🎸🎺🔔⚓🎧📁📌',
];

/** The number of a sign; with or without the mark that asks for colour. */
export function numberOfPicture(sign: string): number {
    return SIGNS.indexOf(sign.replace('\ufe0f', ''));
}
