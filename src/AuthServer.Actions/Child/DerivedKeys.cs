using System.Globalization;
using System.Security.Cryptography;

namespace AuthServer.Actions.Child;

/// <summary>Keys that one Action derives from passwords.</summary>
internal sealed class DerivedKeys(CpuConstraint cpu)
{
    private const int MaxLength = 1024;
    private const int MaxIterations = 100_000;

    /// <summary>
    /// N × r × p of all keys of an Action: those of one key with Node.js's default parameters, which need 16 MiB.
    /// </summary>
    private const int MaxScryptCost = 16_384 * 8;

    private int scryptCost;

    /// <summary>PBKDF2 (RFC 8018 §5.2), each of whose blocks costs all iterations.</summary>
    /// <param name="scheme">Hash, iterations and length.</param>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <exception cref="HostException">The arguments can't be used; the Action may catch it.</exception>
    public static byte[] WithPbkdf2(string scheme, byte[] password, byte[] salt)
    {
        if (scheme.Split('/') is not [var name, var count, var size])
            throw new HostException($"Digest method not supported: {scheme}");
        var hash = HostFunctions.AlgorithmOf(name);
        var iterations = NumberOf(count) ?? 0;
        if (iterations < 1)
            throw new HostException("The number of iterations must be a whole number of at least 1");
        var length = LengthOf(size);
        var block = CryptographicOperations.HashData(hash, []).Length;
        var blocks = Math.Max(1, (length + block - 1) / block);
        if ((long)iterations * blocks > MaxIterations)
            throw new HostException($"A derived key may need {MaxIterations} iterations");
        return Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, hash, length);
    }

    /// <summary>
    /// scrypt (RFC 7914). Its time is not counted, because the cost of one usual key is all that an Action has.
    /// </summary>
    /// <param name="scheme">N, r, p and length.</param>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <exception cref="HostException">The arguments can't be used; the Action may catch it.</exception>
    public byte[] WithScrypt(string scheme, byte[] password, byte[] salt)
    {
        if (Array.ConvertAll(scheme.Split('/')[..^1], NumberOf) is not [{ } n, { } r, { } p] || !IsValid(n, r, p))
            throw new HostException("Invalid scrypt params");
        var length = LengthOf(scheme.Split('/')[^1]);
        if (length == 0)
            return [];
        var cost = (Int128)n * r * p;
        if (scryptCost + cost > MaxScryptCost)
            throw new HostException($"scrypt may have a cost (N * r * p) of {MaxScryptCost} in an Action");
        scryptCost += (int)cost;

        // Another thread, because what this one allocates counts as the Action's memory.
        return cpu.Uncounted(
            () => Task.Run(() => Scrypt.Derive(password, salt, n, r, p, length)).GetAwaiter().GetResult());
    }

    /// <summary>RFC 7914 §6.</summary>
    private static bool IsValid(int n, int r, int p) =>
        n > 1 && int.IsPow2(n) && r > 0 && p > 0 && (r > 1 || n < 1 << 16);

    private static int? NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int LengthOf(string text) => NumberOf(text) is { } length and <= MaxLength
        ? length
        : throw new HostException($"The length of the key must be a whole number of at most {MaxLength}");
}
