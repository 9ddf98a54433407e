const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Regional_Indicator}|\p{Emoji}\uFE0F|[0-9#*]\uFE0F?\u20E3|\p{Emoji}\p{Emoji_Modifier})/u

/** Does this grapheme cluster ask for a picture (Unicode Technical Standard 51), rather than for a text symbol? */
export function isEmoji(cluster: string): boolean {
  return emoji.test(cluster) && !cluster.includes('\uFE0E')
}
