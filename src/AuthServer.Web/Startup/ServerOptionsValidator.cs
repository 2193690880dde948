using AuthServer.Storage.Keys;
using Microsoft.Extensions.Options;

namespace AuthServer.Web.Startup;

/// <summary>Rules of the configuration. Each error is one sentence that names the setting and the remedy.</summary>
internal sealed class ServerOptionsValidator(IHostEnvironment environment) : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        string[] errors =
        [
            .. ErrorsOf(options, environment.IsDevelopment()),
            .. environment.IsDevelopment() ? [] : options.Bootstrap.Validate(),
            .. options.Registration.Validate(),
            .. options.Mail.Validate(),
            .. options.Logs.Validate(),
            .. options.PasswordHashing.Validate(),
            .. options.Actions.Validate(),
            .. options.Dashboard.Validate(),
        ];
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> ErrorsOf(ServerOptions options, bool isDevelopment)
    {
        if (string.IsNullOrEmpty(options.Issuer) && !isDevelopment)
            yield return "AuthServer__Issuer is not set. Set it to the address under which browsers and clients reach "
                + "this server, for example https://login.example.com/.";
        if (!string.IsNullOrEmpty(options.Issuer) && options.ReadIssuer() is null)
            yield return $"AuthServer__Issuer is '{options.Issuer}', and must be only scheme, host and port, for "
                + "example https://login.example.com/.";
        if (options.MasterKey is { Length: > 0 } key && (MasterKey.Parse(key) is not { } bytes || !LooksRandom(bytes)))
            yield return "AuthServer__MasterKey is not 32 random bytes in base64. Make one with: "
                + "openssl rand -base64 32";
        if (options.DrainSeconds is < 0 or > 300)
            yield return "AuthServer__DrainSeconds must be between 0 and 300.";
        if (options.Hsts is { Preload: true, IncludeSubDomains: false })
            yield return "AuthServer__Hsts__Preload needs AuthServer__Hsts__IncludeSubDomains=true.";
        if (options.AllowLoopbackFetches && !isDevelopment)
            yield return "AuthServer__AllowLoopbackFetches is only for tests in Development. Remove it.";
        foreach (var error in AddressBlocks.Validate(options.TrustedProxies, "AuthServer__TrustedProxies"))
            yield return error;
    }

    /// <summary>Of 32 random bytes about thirty differ.</summary>
    private static bool LooksRandom(byte[] key) => key.Distinct().Count() >= 16;
}
