using System.Text;
using AuthServer.Core.Model;

namespace AuthServer.Core.Users;

/// <summary>Why a password can't be set.</summary>
public enum PasswordProblem
{
    TooShort,
    TooLong,
    Common,
    Personal,
    NotText,

    /// <summary>It lacks a lower case letter, an upper case letter or a digit.</summary>
    LacksCharacters,

    /// <summary>It has fewer than three of: lower case letters, upper case letters, digits, other characters.</summary>
    LacksVariety,

    /// <summary>A character stands three times in a row.</summary>
    Repeats,

    /// <summary>The user had it before.</summary>
    Reused,
}

/// <summary>Words that an attacker would try first against this user and this service.</summary>
/// <param name="TenantName">The name of the service.</param>
/// <param name="PersonalWords">The user's names and email address.</param>
public sealed record PasswordContext(string? TenantName, IReadOnlyList<string?> PersonalWords)
{
    public static PasswordContext Of(User user, string? tenantName) => new(
        tenantName,
        [
            user.Email,
            user.Email?.Split('@')[0],
            user.Username,
            user.Name,
            user.GivenName,
            user.FamilyName,
            user.Nickname,
        ]);
}

/// <summary>
/// What the passwords of a user database have to be like. What its options leave open is as in NIST SP 800-63B-4
/// §3.1.1.2 and ASVS 6.2: length and a blocklist; no rules of composition, and no trimming.
/// </summary>
public sealed record PasswordPolicy
{
    private const string Product = "authserver";

    public static PasswordPolicy Default { get; } = new();

    public int MinLength { get; init; } = 8;

    /// <summary>A lower case letter, an upper case letter and a digit have to be there.</summary>
    public bool RequiresMixedCharacters { get; init; }

    /// <summary>
    /// Three of these have to be there: lower case letters, upper case letters, digits, other characters.
    /// </summary>
    public bool RequiresVariety { get; init; }

    public bool RefusesRepeats { get; init; }

    /// <summary>Common passwords, and the name of the service, are refused.</summary>
    public bool RefusesCommon { get; init; } = true;

    /// <summary>Further common passwords.</summary>
    public IReadOnlyList<string> Dictionary { get; init; } = [];

    public bool RefusesPersonal { get; init; }

    /// <summary>How many former passwords are refused, the current one among them; 0 for none.</summary>
    public int HistorySize { get; init; }

    /// <summary>What all of the policies ask; the default where there is none.</summary>
    public static PasswordPolicy Strictest(IReadOnlyList<PasswordPolicy> policies) =>
        policies.Count == 0 ? Default : policies.Aggregate((one, other) => new PasswordPolicy
        {
            MinLength = Math.Max(one.MinLength, other.MinLength),
            RequiresMixedCharacters = one.RequiresMixedCharacters || other.RequiresMixedCharacters,
            RequiresVariety = one.RequiresVariety || other.RequiresVariety,
            RefusesRepeats = one.RefusesRepeats || other.RefusesRepeats,
            RefusesCommon = one.RefusesCommon || other.RefusesCommon,
            Dictionary = [.. one.Dictionary, .. other.Dictionary],
            RefusesPersonal = one.RefusesPersonal || other.RefusesPersonal,
            HistorySize = Math.Max(one.HistorySize, other.HistorySize),
        });

    /// <returns>The first problem; null when the password may be set.</returns>
    public PasswordProblem? Check(string password, PasswordContext context)
    {
        if (HasLoneSurrogate(password))
            return PasswordProblem.NotText;
        if (Encoding.UTF8.GetByteCount(password) > PasswordLogin.MaxPasswordBytes)
            return PasswordProblem.TooLong;
        if (password.EnumerateRunes().Count() < MinLength)
            return PasswordProblem.TooShort;
        return CheckComposition(password) ?? CheckWords(LoginIdentifier.Fold(password), context);
    }

    private PasswordProblem? CheckComposition(string password)
    {
        bool[] kinds =
        [
            password.Any(char.IsLower),
            password.Any(char.IsUpper),
            password.Any(char.IsDigit),
            password.Any(character => !char.IsLetterOrDigit(character)),
        ];
        if (RequiresMixedCharacters && !(kinds[0] && kinds[1] && kinds[2]))
            return PasswordProblem.LacksCharacters;
        if (RequiresVariety && kinds.Count(isThere => isThere) < 3)
            return PasswordProblem.LacksVariety;
        return RefusesRepeats && HasRepeat(password) ? PasswordProblem.Repeats : null;
    }

    private PasswordProblem? CheckWords(string folded, PasswordContext context)
    {
        if (RefusesCommon && IsCommon(folded, context.TenantName))
            return PasswordProblem.Common;
        var personal = RefusesPersonal ? WordsOf(context.PersonalWords) : [];
        return personal.Any(word => folded.Contains(word, StringComparison.Ordinal)) ? PasswordProblem.Personal : null;
    }

    private bool IsCommon(string folded, string? tenantName) =>
        IsOneCharacter(folded)
        || IsRun(folded)
        || CommonPasswords.Contains(folded)
        || Dictionary.Any(word => LoginIdentifier.Fold(word) == folded)
        || WordsOf([tenantName, tenantName?.Replace(" ", "", StringComparison.Ordinal), Product])
            .Any(word => Surrounds(folded, word));

    private static bool HasRepeat(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        return Enumerable.Range(0, Math.Max(0, runes.Length - 2))
            .Any(i => runes[i] == runes[i + 1] && runes[i] == runes[i + 2]);
    }

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

    private static bool IsOneCharacter(string text) => text.EnumerateRunes().Distinct().Count() <= 1;

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

    private static IEnumerable<string> WordsOf(IEnumerable<string?> words) =>
        words.Where(word => word is { Length: >= 3 }).Select(word => LoginIdentifier.Fold(word!));

    /// <summary>The password is the word, with nothing but digits and punctuation around it.</summary>
    private static bool Surrounds(string password, string word)
    {
        var at = password.IndexOf(word, StringComparison.Ordinal);
        return at >= 0 && !password.Remove(at, word.Length).Any(char.IsLetter);
    }
}
