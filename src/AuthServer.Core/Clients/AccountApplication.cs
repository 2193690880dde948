using AuthServer.Core.Tenants;

namespace AuthServer.Core.Clients;

/// <summary>
/// The account page as an application of this server itself, so that its users sign in by the same pages and rules. It
/// is stored nowhere, has no place at the protocol's endpoints, and gets no code and no token: the session is all that
/// it needs.
/// </summary>
public static class AccountApplication
{
    /// <summary>Shorter than any client id that is generated.</summary>
    public const string ClientId = "account";
    public const string Path = "/account";

    public static Client At(Tenant tenant) => new()
    {
        ClientId = ClientId,
        Name = tenant.Settings.FriendlyName,
        AppType = AppTypes.RegularWeb,
        GrantTypes = ["authorization_code"],
        Callbacks = [tenant.Issuer.At(Path)],
    };

    /// <summary>Where a browser goes that is to come back signed in.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>Where it goes when the user has to prove their identity again.</summary>
    public const string ProvePath = SignInPath + "?prompt=login";

    /// <summary>Where a browser goes whose user forgot the password.</summary>
    public const string ForgottenPath = SignInPath + "?screen_hint=reset-password";

    /// <summary>Where a browser returns after an interaction.</summary>
    public const string ResumePath = "/account/resume";

    public static bool Is(Client client) => client.ClientId == ClientId;
}
