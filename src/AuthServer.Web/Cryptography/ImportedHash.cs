using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Konscious.Security.Cryptography;

namespace AuthServer.Web.Cryptography;

/// <summary>
/// Slow hash of another server, in its own text form: bcrypt, or PHC's form of Argon2 and PBKDF2. The first right
/// password replaces it. Costs are limited, because every attempt pays them.
/// </summary>
internal static partial class ImportedHash
{
    public const string Bcrypt = "bcrypt";
    public const string Argon2 = "argon2";
    public const string Pbkdf2 = "pbkdf2";

    private const int MaxMemory = 65_536;
    private const int MaxPasses = 10;

    /// <summary>Each is a task of the thread pool, which serves requests too.</summary>
    private const int MaxLanes = 4;

    /// <summary>Kibibytes that all passes fill.</summary>
    private const int MaxFilled = 4 * MaxMemory;
    private const int MaxIterations = 1_000_000;
    private const int MaxLength = 64;

    /// <summary>A text of this server's own hashes never begins so.</summary>
    public static bool Is(string hash) => hash.StartsWith('$');

    /// <returns>Null for a hash that can't be verified or would take too long.</returns>
    public static HashCost? CostOf(string algorithm, string hash) => algorithm switch
    {
        Bcrypt => BcryptForm().Match(hash) is { Success: true } form ? new(Bcrypt, Number(form, "cost")) : null,
        Argon2 => Argon(hash)?.Cost,
        Pbkdf2 => Pbkdf(hash)?.Cost,
        _ => null,
    };

    /// <summary>Compares in constant time.</summary>
    public static bool Verify(string hash, string password)
    {
        if (BcryptForm().IsMatch(hash))
            return BCrypt.Net.BCrypt.Verify(password, hash);
        var derivation = Argon(hash) ?? Pbkdf(hash);
        return derivation is not null && CryptographicOperations.FixedTimeEquals(
            derivation.Compute(Encoding.UTF8.GetBytes(password)), derivation.Hash);
    }

    private static Derivation? Argon(string hash)
    {
        if (Argon2Form().Match(hash) is not { Success: true } form || Parts(form) is not var (salt, result))
            return null;
        var (memory, passes, lanes) = (Number(form, "m"), Number(form, "t"), Number(form, "p"));
        if (passes is < 1 or > MaxPasses || lanes is < 1 or > MaxLanes || memory < 8 * lanes || memory > MaxMemory
            || memory * passes > MaxFilled || salt.Length < 8)
            return null;
        var cost = new HashCost($"{Argon2} {form.Groups["kind"]} {lanes}", memory * passes);
        return new Derivation(result, cost, password =>
        {
            using Argon2 argon = form.Groups["kind"].Value switch
            {
                "id" => new Argon2id(password),
                "i" => new Argon2i(password),
                _ => new Argon2d(password),
            };
            (argon.Salt, argon.MemorySize, argon.Iterations, argon.DegreeOfParallelism) = (salt, memory, passes, lanes);
            return argon.GetBytes(result.Length);
        });
    }

    private static Derivation? Pbkdf(string hash)
    {
        if (Pbkdf2Form().Match(hash) is not { Success: true } form || Parts(form) is not var (salt, result))
            return null;
        var iterations = form.Groups["i"].Success ? Number(form, "i") : 100_000;
        var length = form.Groups["l"].Success ? Number(form, "l") : result.Length;
        if (iterations is < 1 or > MaxIterations || length != result.Length)
            return null;
        var digest = new HashAlgorithmName(form.Groups["digest"].Value.ToUpperInvariant());

        // Each block of the digest's length takes all iterations (RFC 8018 §5.2).
        var cost = new HashCost($"{Pbkdf2} {digest.Name} {result.Length}", iterations);
        return new Derivation(result, cost, password =>
            Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, digest, result.Length));
    }

    private static (byte[] Salt, byte[] Hash)? Parts(Match form) =>
        Base64(form.Groups["salt"].Value) is { } salt
            && Base64(form.Groups["hash"].Value) is { Length: >= 16 and <= MaxLength } hash
            ? (salt, hash)
            : null;

    /// <summary>Base64 without padding, as PHC has it.</summary>
    private static byte[]? Base64(string text)
    {
        var padded = text + new string('=', (4 - text.Length % 4) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }

    private static int Number(Match form, string name) =>
        int.Parse(form.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Costs of 4 to 12: 12 takes a quarter of a second.</summary>
    [GeneratedRegex(@"^\$2[aby]\$(?<cost>0[4-9]|1[0-2])\$[./A-Za-z0-9]{53}\z", RegexOptions.NonBacktracking)]
    private static partial Regex BcryptForm();

    [GeneratedRegex(
        @"^\$argon2(?<kind>id|i|d)\$v=19\$m=(?<m>\d{1,8}),t=(?<t>\d{1,4}),p=(?<p>\d{1,3})"
            + @"\$(?<salt>[A-Za-z0-9+/]{1,200})\$(?<hash>[A-Za-z0-9+/]{1,200})\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex Argon2Form();

    [GeneratedRegex(
        @"^\$pbkdf2-(?<digest>sha256|sha384|sha512)(?:\$(?:i=(?<i>\d{1,8}))?,?(?:l=(?<l>\d{1,4}))?)?"
            + @"\$(?<salt>[A-Za-z0-9+/]{1,200})\$(?<hash>[A-Za-z0-9+/]{1,200})\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex Pbkdf2Form();

    private sealed record Derivation(byte[] Hash, HashCost Cost, Func<byte[], byte[]> Compute);
}

/// <summary>How slow a hash is among those of its kind.</summary>
/// <param name="Kind">The algorithm with the parameters that make costs incomparable.</param>
/// <param name="Cost">In the algorithm's own units.</param>
internal sealed record HashCost(string Kind, int Cost);
