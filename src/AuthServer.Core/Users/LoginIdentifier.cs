using System.Text;

namespace AuthServer.Core.Users;

/// <summary>The one function that makes two spellings of an e-mail address or user name the same.</summary>
public static class LoginIdentifier
{
    /// <summary>RFC 5321 §4.5.3.1.3.</summary>
    public const int MaxLength = 254;

    /// <summary>Trimmed, NFC, lower case.</summary>
    public static string Normalize(string identifier) => Fold(identifier.Trim());

    /// <summary>Texts that differ only in case or in the form of their characters are the same.</summary>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormC).ToLowerInvariant();

    /// <summary>
    /// One @ with something on both sides, no empty label in the domain, no space, control or invisible character, at
    /// most 254 characters.
    /// </summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= MaxLength && at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1
            && text[^1] != '.' && text[at + 1] != '.' && !text[at..].Contains("..", StringComparison.Ordinal)
            && !text.Any(IsUnfit);
    }

    private static bool IsUnfit(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or '"' or ',' or ';'
        || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format;
}
