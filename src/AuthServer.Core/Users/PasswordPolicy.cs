using System.Globalization;
using System.Text;

namespace AuthServer.Core.Users;

/// <summary>Why a password can't be set.</summary>
public enum PasswordProblem
{
    TooShort,
    TooLong,
    Common,
    Personal,
    NotText,
}

/// <summary>Words that an attacker would try first against this person here.</summary>
public sealed record PasswordContext(string? Email = null, string? Username = null, string? TenantName = null);

/// <summary>
/// NIST SP 800-63B-4 §3.1.1.2, ASVS 6.2: length and a blocklist; no rules of composition, and no trimming.
/// </summary>
public static class PasswordPolicy
{
    public const int MinLength = 8;
    public static readonly string InWords =
        $"* At least {MinLength} characters in length\n* Not a common password\n* Not your own name or address";
    private const string Product = "authserver";

    /// <returns>The first problem; null when the password may be set.</returns>
    public static PasswordProblem? Check(string password, PasswordContext context)
    {
        if (HasLoneSurrogate(password))
            return PasswordProblem.NotText;
        if (Encoding.UTF8.GetByteCount(password) > PasswordLogin.MaxPasswordBytes)
            return PasswordProblem.TooLong;
        if (password.EnumerateRunes().Count() < MinLength)
            return PasswordProblem.TooShort;

        var lower = password.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        if (IsOneCharacter(lower) || IsRun(lower) || CommonPasswords.Contains(lower))
            return PasswordProblem.Common;
        return WordsOf(context).Any(word => Dresses(lower, word)) ? PasswordProblem.Personal : null;
    }

    /// <summary>For the APIs' errors; the pages have their own words.</summary>
    public static string Explain(PasswordProblem problem) => problem switch
    {
        PasswordProblem.TooShort => $"Password is too short: it needs at least {MinLength} characters",
        PasswordProblem.TooLong => $"Password is too long: it has more than {PasswordLogin.MaxPasswordBytes} bytes",
        PasswordProblem.Common => "Password is too common",
        PasswordProblem.Personal => "Password contains user information",
        _ => "Password is not text",
    };

    /// <summary>
    /// It would not survive the way to UTF-8 and back: two different passwords would become the same.
    /// </summary>
    private static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
                return true;
            rest = rest[length..];
        }

        return false;
    }

    private static bool IsOneCharacter(string text) => text.EnumerateRunes().Distinct().Count() == 1;

    /// <summary>12345678, 87654321, abcdefgh: each character one after, or one before, the last.</summary>
    private static bool IsRun(string text)
    {
        var steps = text.Zip(text.Skip(1), (left, right) => Step(left, right)).Distinct().ToArray();
        return steps is [1] or [-1];
    }

    private static int Step(char left, char right) => (left, right) switch
    {
        ('9', '0') => 1,
        ('0', '9') => -1,
        _ => right - left,
    };

    private static IEnumerable<string> WordsOf(PasswordContext context) =>
        new[]
        {
            context.Email,
            context.Email?.Split('@')[0],
            context.Username,
            context.TenantName,
            context.TenantName?.Replace(" ", "", StringComparison.Ordinal),
            Product,
        }
            .Where(word => word is { Length: >= 3 })
            .Select(word => word!.Normalize(NormalizationForm.FormC).ToLower(CultureInfo.InvariantCulture));

    /// <summary>The password is the word, with nothing but digits and punctuation around it.</summary>
    private static bool Dresses(string password, string word)
    {
        var at = password.IndexOf(word, StringComparison.Ordinal);
        return at >= 0 && !password.Remove(at, word.Length).Any(char.IsLetter);
    }
}
