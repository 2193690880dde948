using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Authorize;

/// <summary>An authorization request with all that its rules look at; what is loaded, and what is read from the parameters.</summary>
public sealed record AuthorizeContext
{
    public required Tenant Tenant { get; init; }
    public required RequestParameters Parameters { get; init; }

    /// <summary>Null when the client is unknown.</summary>
    public Client? MaybeClient { get; init; }

    /// <summary>What the request, or the tenant's default, says of the API.</summary>
    public RequestedApi Target { get; init; } = RequestedApi.None;

    /// <summary>The API asked for; null when there is none of that name.</summary>
    public ResourceServer? Api => Target.Api;

    /// <summary>The connections that the client may use.</summary>
    public IReadOnlyList<Connection> Connections { get; init; } = [];

    /// <summary>The client; for what runs after <see cref="AuthorizeRules.BeforeRedirect"/>.</summary>
    public Client Client => MaybeClient ?? throw new InvalidOperationException("The client was not checked yet.");

    /// <summary>Stored form; null when neither the request nor the tenant names one.</summary>
    public string? Audience => Target.Identifier;

    /// <summary>Where the answer goes: as sent, without its fragment (A8), or the only callback there is.</summary>
    public string? RedirectUri => Parameters["redirect_uri"] is { } sent
        ? RedirectUris.WithoutFragment(sent)
        : MaybeClient?.Callbacks is [var only] ? only : null;

    public IReadOnlyList<string> Prompts => Parameters["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool Silent => Prompts is ["none"];

    /// <summary>Seconds; the client's own when the request has none (OpenID Connect Dynamic Client Registration §2).</summary>
    public long? MaxAge => Parameters["max_age"] is not { } asked
        ? MaybeClient?.DefaultMaxAge
        : long.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>What this server will grant of the scopes asked for: its own, the API's, and a refresh token where that is possible (B2).</summary>
    public Scopes Scopes =>
        Core.Scopes.Parse(Parameters["scope"]).Succeeded(out var asked, out _)
            ? asked.Where(scope => scope == "offline_access" ? MayStayOnline : IsOwn(scope) || Api?.Defines(scope) == true)
            : Core.Scopes.None;

    /// <summary>The connections that the user may come in through: the one that the request picks, or all.</summary>
    public IEnumerable<Connection> AllowedConnections =>
        Parameters["connection"] is { } picked ? Connections.Where(connection => connection.Name == picked) : Connections;

    /// <summary>A strict third party gets no OpenID Connect: it asks for it in vain, as on Auth0 (contract B, F).</summary>
    private bool IsOwn(string scope) => Core.Scopes.Standard.Contains(scope) && MaybeClient is not { IsStrict: true };

    private bool MayStayOnline => Client.May("refresh_token") && Api is not { AllowOfflineAccess: false };
}
