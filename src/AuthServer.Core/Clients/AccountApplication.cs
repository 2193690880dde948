using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Clients;

/// <summary>
/// The account page as an application of this server itself, so that its users sign in by the same pages and rules. It
/// is not stored, can't be used at the protocol's endpoints, and gets neither codes nor tokens: it needs only the
/// session.
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

    /// <summary>Login page that returns a signed-in browser.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>Login page for a user who has to authenticate again.</summary>
    public const string ProvePath = SignInPath + "?prompt=login";

    /// <summary>Page for a user who forgot the password.</summary>
    public const string ForgottenPath = SignInPath + "?screen_hint=reset-password";

    /// <summary>Path that a browser returns to after an interaction.</summary>
    public const string ResumePath = "/account/resume";

    public static bool Is(Client client) => client.ClientId == ClientId;
}
