using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Web.Branding;

namespace AuthServer.Web.Pages.Account;

/// <summary>The ways into one account: those that it has, and the providers that could be connected.</summary>
public sealed record SignInMethods(IReadOnlyList<SignInMethod> Connected, IReadOnlyList<IdentityProvider> Others)
{
    public static SignInMethods Of(
        User user, IReadOnlyList<UserIdentity> identities,
        IReadOnlyList<Connection> connections) =>
        new(
            [
                .. identities
                    .OrderByDescending(identity => identity.IsFirst)
                    .Select(identity => new SignInMethod(
                        identity, user, connections.FirstOrDefault(c => c.Name == identity.Connection))),
            ],
            [
                .. connections
                    .Where(connection => !connection.IsDatabase && connection.OffersButton)
                    .Where(connection => !identities.Any(identity => identity.Connection == connection.Name))
                    .Select(IdentityProvider.Of)
                    .OfType<IdentityProvider>(),
            ]);
}

/// <summary>One of the ways that an account has.</summary>
public sealed record SignInMethod(UserIdentity Identity, User User, Connection? Connection)
{
    /// <summary>Null for a user database, where the way is a password.</summary>
    public string? ProviderName =>
        Connection is { } known ? IdentityProvider.Of(known)?.DisplayName : Identity.Connection;

    /// <summary>The address or name there.</summary>
    public string? Account
    {
        get
        {
            using var profile = JsonDocument.Parse(Identity.ProfileData ?? "{}");
            var known =
                Text("email")
                ?? Text("nickname")
                ?? Text("name")
                ?? (Identity.IsFirst ? User.Email ?? User.Username : null);
            return known is null ? null : DisplayText.Of(known);

            string? Text(string name) => JsonText.Of(profile.RootElement, name);
        }
    }
}
