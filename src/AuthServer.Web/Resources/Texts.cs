namespace AuthServer.Web.Resources;

/// <summary>
/// The words of the pages: <c>Texts.resx</c> in English, <c>Texts.ja.resx</c> in Japanese, with the same keys.
/// </summary>
public sealed class Texts;
