using System.Text.Json;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Register;

/// <summary>A client that registered itself just now; its secret is returned only this once.</summary>
public sealed record Registration(Client Client, Secret? Secret);

/// <summary>The stores that a registration is written to.</summary>
public sealed record RegistrationStores(IClientStore Clients, IConnectionStore Connections, IAttemptCounters Counters);

/// <summary>
/// Handles <c>/oidc/register</c>, RFC 7591: checks that registration is open and below its limits, reads and validates
/// the metadata, stores the client (docs/requirements.md#post-oidcregister).
/// </summary>
public sealed class RegistrationHandler(
    Tenant tenant,
    RegistrationStores stores,
    IClientDocuments documents,
    ISecretBox box,
    IEventLog events,
    RegistrationLimits limits)
{
    private const int StrictIdTokenLifetime = 3600;
    private const int MaxDerivedNameLength = 100;

    /// <summary>Reason why registration is closed; null when it is open.</summary>
    public OAuthError? Closed() =>
        tenant.Settings.Flag(TenantFlags.EnableDynamicClientRegistration)
            ? null
            : OAuthError.EndpointDisabled("Dynamic client registration is not enabled");

    /// <param name="metadata">A JSON object.</param>
    /// <param name="address">Address that attempts are counted for.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">The caller may go away.</param>
    public async Task<Result<Registration>> HandleAsync(
        JsonElement metadata, string address, DateTimeOffset now, CancellationToken ct)
    {
        var budgets = limits.BudgetsOf(address);
        if (!await stores.Counters.TryTakeAsync(budgets, now, ct))
            return OAuthError.TooManyRequests("Too many registrations. Try again later");

        var client = New(now);
        if ((Read(metadata, client) ?? RegistrationRules.Check(client, tenant.Settings)) is { } problem)
        {
            await stores.Counters.GiveBackAsync(budgets, ct);
            return Refused(problem);
        }

        // Not given back: this server has been sent out for it.
        if (client.SectorIdentifierUri is { } sector && !await ListsAsync(sector, client.Callbacks, ct))
            return Refused(
                new ClientProblem(
                    "sector_identifier_uri",
                    "must be a JSON array on a public https address that has each of the redirect_uris"));

        var secret = client.TokenEndpointAuthMethod
            is TokenEndpointAuthMethods.ClientSecretPost
                or TokenEndpointAuthMethods.ClientSecretBasic
            ? ClientSecrets.New()
            : null;
        if (secret is not null)
            ClientSecrets.Set(client, secret, box);

        // A strict client uses the domain's connections, whatever is enabled for it (docs/decisions/0009).
        var connections = client.IsStrict ? [] : await stores.Connections.DatabasesAsync(ct);
        await stores.Clients.RegisterAsync(
            client,
            [.. connections.Select(connection => connection.Id)],
            events.Complete(LogEventTypes.Registration, new LogEvent().For(client)),
            ct);
        return new Registration(client, secret);
    }

    private Client New(DateTimeOffset now)
    {
        var mode = tenant.Settings.DynamicClientRegistrationSecurityMode;
        var client = ClientDefaults.New(
            "",
            null,
            null,
            now,
            (mode == ThirdPartySecurityModes.Strict ? "tpc_" : "") + OpaqueToken.Sortable(now, 32));
        client.IsFirstParty = false;
        client.IsSelfRegistered = true;
        client.ThirdPartySecurityMode = mode;
        client.RedirectionPolicy = RedirectionPolicies.OpenRedirectProtection;
        if (client.IsStrict)
            client.IdTokenLifetime = StrictIdTokenLifetime;
        return client;
    }

    /// <summary>What the response types need; with the defaults, which include refresh tokens, beside a code.</summary>
    private static IReadOnlyList<string> GrantTypesOf(Client client)
    {
        var needed = client.ResponseTypes.SelectMany(ClientVocabulary.GrantTypesOf).ToHashSet(StringComparer.Ordinal);
        return needed.Contains("authorization_code")
            ? [.. client.GrantTypes.Union(needed, StringComparer.Ordinal)]
            : [.. needed];
    }

    /// <summary>Takes over what is said, then settles what follows from it.</summary>
    private static ClientProblem? Read(JsonElement metadata, Client client)
    {
        foreach (var member in RegistrationMembers.All)
        {
            if (metadata.TryGetProperty(member.Name, out var value)
                && !RegistrationMembers.IsAbsent(value)
                && member.Read(client, value) is { } mistyped)
                return new ClientProblem(member.Name, mistyped);
        }

        if (client.ResponseTypes.Count == 0)
            client.ResponseTypes = ["code"];
        if (!Says(metadata, "grant_types"))
            client.GrantTypes = GrantTypesOf(client);
        if (!Says(metadata, "client_name") && client.Callbacks is [var first, ..])
            client.Name = NameOf(first);

        client.AppType = client switch
        {
            { AppType: AppTypes.Native } => AppTypes.Native,
            { IsPublic: true } when client.Callbacks.Any(RedirectUris.IsNonVerifiable) => AppTypes.Native,
            { IsPublic: true } => AppTypes.Spa,
            _ => AppTypes.RegularWeb,
        };
        client.RefreshTokens = client.IsStrict
            ? RefreshTokenPolicy.ForPublic
            : ClientDefaults.RefreshTokens(client.TokenEndpointAuthMethod);
        return null;
    }

    /// <summary>Receivers of responses: the host, or the scheme of an installed application.</summary>
    private static string NameOf(string redirectUri)
    {
        var isWeb = Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri)
            && uri is { Scheme: "https" or "http", Host.Length: > 0 };
        var name = isWeb ? uri!.Host : redirectUri.Split(':')[0];
        return name.Length > MaxDerivedNameLength ? name[..MaxDerivedNameLength] : name;
    }

    private static bool Says(JsonElement metadata, string member) =>
        metadata.TryGetProperty(member, out var value) && !RegistrationMembers.IsAbsent(value);

    /// <summary>OpenID Connect Dynamic Client Registration §5.</summary>
    private async Task<bool> ListsAsync(string sector, IReadOnlyList<string> redirectUris, CancellationToken ct)
    {
        if (await documents.FetchAsync(sector, TimeSpan.Zero, ct) is not { } body)
            return false;
        try
        {
            return JsonSerializer.Deserialize<string[]>(body) is { } listed
                && redirectUris.All(uri => listed.Contains(uri, StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static OAuthError Refused(ClientProblem problem)
    {
        var description = $"{problem.Registered} {problem.Message}";
        return problem.Registered == "redirect_uris"
            ? OAuthError.InvalidRedirectUri(description)
            : OAuthError.InvalidClientMetadata(description);
    }
}
