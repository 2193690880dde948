using System.Text.Json;
using AuthServer.Core.Users;

namespace AuthServer.Web.Startup;

/// <summary>
/// Objects that the first start on an empty store creates; generated, printed once and kept in the data directory when
/// not given.
/// </summary>
public sealed class BootstrapOptions
{
    private const int MinSecretLength = 32;

    /// <summary>
    /// Different steps from one character to the next: random hexadecimal digits of that length have about twenty, a
    /// repeated word or a run of the alphabet has few.
    /// </summary>
    private const int MinSecretSteps = 12;

    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }
    public string? AdminEmail { get; set; }
    public string? AdminPassword { get; set; }

    /// <summary>Reads what <see cref="StoreInitializer.CredentialsFile"/> keeps.</summary>
    public static BootstrapOptions? Read(string file) =>
        JsonSerializer.Deserialize<BootstrapOptions>(File.ReadAllText(file), JsonSerializerOptions.Web);

    /// <summary>A secret that was given must not be guessable.</summary>
    public IEnumerable<string> Validate()
    {
        if (ClientSecret is { } secret && !LooksRandom(secret))
        {
            yield return $"AuthServer__Bootstrap__ClientSecret must be {MinSecretLength} random characters or more. "
                + "Make one with: openssl rand -hex 32, or leave it out.";
        }

        var policy = PasswordPolicy.Default with { RefusesPersonal = true };
        var context = new PasswordContext(TenantName: null, [AdminEmail]);
        if (AdminPassword is { } password && policy.Check(password, context) is { } problem)
        {
            yield return "AuthServer__Bootstrap__AdminPassword can't be used: "
                + $"{PasswordPolicyText.Explain(problem, policy)}. Choose another, or leave it out.";
        }
    }

    private static bool LooksRandom(string secret) =>
        secret.Length >= MinSecretLength
        && secret.Zip(secret.Skip(1), (left, right) => right - left).Distinct().Count() >= MinSecretSteps;
}
