using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Cryptography;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Jobs;

/// <summary>
/// The hash of a user of an import: <c>password_hash</c>, which is bcrypt, or Auth0's <c>custom_password_hash</c>.
/// </summary>
internal sealed class ImportedPassword
{
    public const string BcryptMember = "password_hash";
    public const string CustomMember = "custom_password_hash";

    private const string Hex = "hex";
    private const string Base64 = "base64";
    private const string Utf8 = "utf8";
    private const int MaxLength = 1024;

    private static readonly JsonValidator Encodings = JsonValidators.OneOf(Hex, Base64, Utf8);

    private static readonly ResourceSchema<ImportedPassword> Custom = new ResourceSchema<ImportedPassword>()
        .Text("algorithm", p => p.Algorithm, (p, v) => p.Algorithm = v, JsonValidators.OneOf(
            [ImportedHash.Bcrypt, ImportedHash.Argon2, ImportedHash.Pbkdf2, .. LayeredHash.Algorithms.Keys]))
        .Nested("hash", p => p.value = null, new ResourceSchema<ImportedPassword>()
            .Text("value", p => p.value, (p, v) => p.value = v, JsonValidators.TextUpTo(MaxLength))
            .Text("encoding", p => p.encoding, (p, v) => p.encoding = v, Encodings))
        .Nested("salt", p => p.salt = null, new ResourceSchema<ImportedPassword>()
            .Text("value", p => p.salt, (p, v) => p.salt = v, JsonValidators.TextUpTo(MaxLength))
            .Text("encoding", p => p.saltEncoding, (p, v) => p.saltEncoding = v, Encodings)
            .Text("position", p => p.position, (p, v) => p.position = v, JsonValidators.OneOf("prefix", "suffix")))
        .Nested("password", _ => { }, new ResourceSchema<ImportedPassword>()
            .Accepted("encoding", JsonValidators.OneOf(Utf8)));

    private string? value;
    private string? encoding;
    private string? salt;
    private string saltEncoding = Utf8;
    private string position = "prefix";
    private LayeredHash? layered;

    public string Algorithm { get; private set; } = "";

    /// <summary>The other server's hash in the form that is verified.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Null for a fast one.</summary>
    public HashCost? Cost { get; private set; }

    /// <summary>Whether an account still has the hash of another server.</summary>
    public static bool Is(PasswordCredential credential) => ImportedHash.Is(credential.PasswordHash);

    /// <returns>Null when the user has none.</returns>
    /// <exception cref="ManagementException">The hash is malformed, unknown or too slow.</exception>
    public static ImportedPassword? Of(JsonElement user)
    {
        var hasBcrypt = user.TryGetProperty(BcryptMember, out var bcrypt);
        if (user.TryGetProperty(CustomMember, out var custom))
            return hasBcrypt ? throw ManagementException.Invalid($"Excludes {BcryptMember}", CustomMember) : Of(custom);
        if (!hasBcrypt)
            return null;
        if (JsonValidators.TextUpTo(MaxLength)(bcrypt) is { } mistyped)
            throw ManagementException.Invalid(mistyped, BcryptMember);
        return new ImportedPassword { Algorithm = ImportedHash.Bcrypt, value = bcrypt.GetString() }.Read(BcryptMember);

        static ImportedPassword Of(JsonElement custom)
        {
            if (JsonValidators.Object(custom) is { } mistyped)
                throw ManagementException.Invalid(mistyped, CustomMember);
            var password = new ImportedPassword();
            ManagementException.ThrowIfInvalid(
                Custom.Apply(custom, password, Change.Create)?.Under(CustomMember));
            return password.Read(CustomMember);
        }
    }

    /// <summary>The hash to store: a fast one is hashed again.</summary>
    public async Task<string> StoreAsync(IPasswordHashing passwords, CancellationToken ct) => layered is null
        ? Text
        : (layered with { Stored = await passwords.HashAsync(Text, ct) }).ToString();

    private ImportedPassword Read(string member)
    {
        if (LayeredHash.Algorithms.TryGetValue(Algorithm, out var length))
            return ReadFast(length);
        if (salt is not null)
            throw ManagementException.Invalid("The hash has its salt", member + ".salt");
        if (encoding is not (null or Utf8))
            throw ManagementException.Invalid($"Expected {Utf8}", member + ".hash.encoding");
        Text = value ?? "";
        Cost = ImportedHash.CostOf(Algorithm, Text) ?? throw ManagementException.Invalid(
            "Expected a hash of bcrypt with a cost of at most 12, or in PHC's form of argon2 with at most 64 MiB, 4 "
                + "lanes, 10 passes, and 256 MiB in all passes, or of pbkdf2 with SHA-2 and at most a million "
                + "iterations",
            member);
        return this;
    }

    private ImportedPassword ReadFast(int length)
    {
        if (Decode(value, encoding ?? Hex) is not { } hash || hash.Length != length)
            throw ManagementException.Invalid($"Expected a hash of {length} bytes", CustomMember + ".hash");
        var salted = salt is null
            ? []
            : Decode(salt, saltEncoding)
                ?? throw ManagementException.Invalid($"Expected {saltEncoding}", CustomMember + ".salt");
        Text = LayeredHash.Of(hash);
        layered = new LayeredHash { Algorithm = Algorithm, Salt = salted, IsSaltFirst = position == "prefix" };
        return this;
    }

    private static byte[]? Decode(string? text, string encoding)
    {
        try
        {
            return encoding switch
            {
                _ when text is null => null,
                Hex => Convert.FromHexString(text),
                Base64 => Base64Url.DecodeFromChars(text.Replace('+', '-').Replace('/', '_')),
                _ => Encoding.UTF8.GetBytes(text),
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
