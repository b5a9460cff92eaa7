/** Tells the passwords that are tried first: known words with decoration, runs and repetitions. */

/** The stems of the most used passwords of twelve or more characters. */
const words = new Set(
  (
    'password passwort passw0rd motdepasse contrasena parola wachtwoord senha ' +
    'qwerty qwertz azerty asdfgh zxcvbn qazwsx abc abcd abcdef letmein welcome willkommen ' +
    'iloveyou loveyou princess sunshine football baseball basketball superman batman dragon ' +
    'monkey shadow master michael jordan ashley jennifer charlie trustno starwars whatever ' +
    'freedom computer internet administrator admin root operator manager changeme secret login ' +
    'test testing default guest user pass hello helloworld correcthorsebatterystaple ' +
    'stowage warehouse shipping inventory winter spring summer autumn january december company'
  ).split(' '),
)

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  '1q2w3e4r5t6y7u8i9o0p',
]

/** Digits and signs that are put around a word to please a rule. */
const most_decoration = 4

/** @param plain in lower case, at least twelve characters */
export function isCommonPassword(plain: string): boolean {
  if (new Set(plain).size < 5) return true
  const unit = smallestUnit(plain)
  const letters = unit.replace(/[^a-z]/g, '')
  if (unit.length <= 4 || isRun(unit)) return true
  if (unit.length - letters.length <= most_decoration && isRun(letters)) return true
  const spelled = unleet(unit).replace(/[^a-z]/g, '')
  return [letters, spelled, smallestUnit(letters)].some((stem) => words.has(stem))
}

/** `abcabcabc` is `abc` three times. */
function smallestUnit(text: string): string {
  const length = (text + text).indexOf(text, 1)
  return length > 0 ? text.slice(0, length) : text
}

/** Neighbours on a keyboard or in the alphabet, one way or the other. */
const isRun = (text: string): boolean =>
  rows.some((row) => row.includes(text) || [...row].reverse().join('').includes(text))

const leet: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' }
const signs: Record<string, string> = { '@': 'a', $: 's', '!': 'i' }

/** `p@ssw0rd` is read as it is meant; digits behind the word are decoration. */
const unleet = (text: string): string =>
  text
    .replace(/[\d!.?*#_-]+$/, '')
    .replace(/[013457@$!]/g, (sign) => leet[sign] ?? signs[sign] ?? sign)
