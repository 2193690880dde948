using AuthServer.Core.Tenants;

namespace AuthServer.Core.Clients;

/// <summary>
/// The account page as an application of this server itself, so that its users come in by the same pages and rules as everybody. It
/// is stored nowhere, and gets no code and no token: the session is all that it needs.
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

    /// <summary>Where a browser goes whose user forgot the password.</summary>
    public static string ForgottenPath(Issuer issuer) => SignInPath(issuer) + "&screen_hint=reset-password";

    public static bool Is(Client client) => client.ClientId == ClientId;

    /// <summary>Where a browser goes that is to come back signed in.</summary>
    public static string SignInPath(Issuer issuer) =>
        $"/authorize?client_id={ClientId}&response_type=code&scope=openid&redirect_uri={Uri.EscapeDataString(issuer.At(Path))}";
}
