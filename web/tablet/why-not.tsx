/** Says at once, aloud too, why something did not work; nothing while there is nothing to say. */
export function WhyNot({ text }: { text: string | null | undefined }) {
  if (!text) return null;
  return (
    <p className="notice late" role="alert">
      {text}
    </p>
  );
}
