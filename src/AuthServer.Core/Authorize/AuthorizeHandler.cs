using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Grants;
using AuthServer.Core.Resources;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Authorize;

/// <summary>The stores that an authorization request is read from.</summary>
public sealed record AuthorizeStores(IClientStore Clients, IResourceServerStore Apis, IConnectionStore Connections, IConsentStore Consents, IGrantStore Grants);

/// <summary>The sentence of <c>/authorize</c>: load, run the two tables, ask which interaction is due, mint a code.</summary>
public sealed class AuthorizeHandler(Tenant tenant, AuthorizeStores stores)
{
    /// <summary>Answers a new request and a resumed one alike.</summary>
    public async Task<AuthorizeOutcome> HandleAsync(PendingAuthorization pending, SignedIn? signedIn, DateTimeOffset now, CancellationToken ct)
    {
        var context = await LoadAsync(pending.Parameters, ct);
        if (FirstFailure(AuthorizeRules.BeforeRedirect, context) is { } untrusted)
            return new AuthorizeOutcome.ShowError(untrusted);
        if (FirstFailure(AuthorizeRules.AfterRedirect, context) is { } refused)
            return Respond(context, refused);

        string? hinted = null;
        if (context.Parameters["id_token_hint"] is { } hint)
        {
            if (IdTokenHint.Read(hint, tenant) is not { } read)
                return Respond(context, OAuthError.InvalidRequest("id_token_hint is not an ID token of this issuer"));
            hinted = read.Subject;
        }

        var consent = signedIn is null ? null : await stores.Consents.FindAsync(signedIn.User.UserId, context.Client.ClientId, context.Audience ?? "", ct);
        var state = new InteractionState(context, pending, signedIn, hinted, ConsentRules.Covers(consent, context), now);
        if (Interactions.Due(state) is { } due)
        {
            if (context.Silent)
                return Respond(context, due.WhenSilent);

            // The user came back from the login as somebody else than the client asked for (CVE-2023-6787).
            if (hinted is not null && signedIn is not null && hinted != signedIn.User.UserId && signedIn.Session.AuthenticatedAt >= pending.StartedAt)
                return Respond(context, OAuthError.LoginRequired("The user who signed in is not the one of id_token_hint"));
            return new AuthorizeOutcome.Interact(due.Interaction, pending);
        }

        return await GrantAsync(context, signedIn!, now, ct);
    }

    /// <summary>The request as its pages show it; the error when it stopped being valid meanwhile.</summary>
    public async Task<Result<AuthorizeContext>> ExamineAsync(PendingAuthorization pending, CancellationToken ct)
    {
        var context = await LoadAsync(pending.Parameters, ct);
        var error = FirstFailure(AuthorizeRules.BeforeRedirect, context) ?? FirstFailure(AuthorizeRules.AfterRedirect, context);
        return error is null ? context : error;
    }

    /// <summary>The user agreed on the consent page: remembered, and noted in the handle for this one request.</summary>
    public async Task<PendingAuthorization> ConsentAsync(AuthorizeContext context, PendingAuthorization pending, SignedIn signedIn, DateTimeOffset now, CancellationToken ct)
    {
        await stores.Consents.AgreeAsync(signedIn.User.UserId, context.Client.ClientId, context.Audience ?? "", context.Scopes, now, ct);
        return pending with { ConsentedIn = signedIn.Session.Id };
    }

    /// <summary>The answer to the client when the user refuses, or cancels the login.</summary>
    public AuthorizeResponse Deny(AuthorizeContext context) =>
        Response(context, OAuthError.AccessDenied("User did not authorize the request"));

    private async Task<AuthorizeOutcome> GrantAsync(AuthorizeContext context, SignedIn signedIn, DateTimeOffset now, CancellationToken ct)
    {
        var client = context.Client;
        if (AccountApplication.Is(client))
            return new AuthorizeOutcome.Respond(Response(context, []));
        var offline = context.Scopes.Contains("offline_access");
        var accessTokenLifetime = context.Api?.TokenLifetime ?? ResourceServerDefaults.UserInfoTokenLifetime;
        var code = OpaqueToken.Create();
        var grant = new Grant
        {
            Id = Guid.CreateVersion7(now),
            ClientId = client.ClientId,
            UserId = signedIn.User.UserId,
            SessionId = signedIn.Session.Id,
            Audience = context.Audience,
            Scopes = context.Scopes,
            AuthenticatedAt = signedIn.Session.AuthenticatedAt,
            AuthTimeWanted = context.MaxAge is not null,
            CreatedAt = now,
            ExpiresAt = offline ? client.RefreshTokens.AbsoluteExpiry(now) : now + AuthorizationCode.Lifetime + TimeSpan.FromSeconds(accessTokenLifetime),
        };
        await stores.Grants.AddAsync(
            grant,
            new AuthorizationCode
            {
                Hash = code.Hash().Bytes,
                GrantId = grant.Id,
                RedirectUri = context.Parameters.Has("redirect_uri") ? context.RedirectUri : null,
                CodeChallenge = context.Parameters["code_challenge"],
                Nonce = context.Parameters["nonce"],
                ExpiresAt = now + AuthorizationCode.Lifetime,
            },
            ct);
        return new AuthorizeOutcome.Respond(Response(context, [new("code", code.Reveal())]));
    }

    private async Task<AuthorizeContext> LoadAsync(RequestParameters parameters, CancellationToken ct)
    {
        var client = parameters["client_id"] switch
        {
            null => null,
            AccountApplication.ClientId => AccountApplication.At(tenant),
            var clientId => await stores.Clients.FindAsync(clientId, ct),
        };
        var context = new AuthorizeContext { Tenant = tenant, Parameters = parameters, MaybeClient = client };
        if (client is null)
            return context;
        return context with
        {
            Api = context.Audience is { } audience ? await stores.Apis.FindAsync(audience, ct) : null,
            Connections = AccountApplication.Is(client) ? await stores.Connections.DatabasesAsync(ct) : await stores.Connections.ForClientAsync(client.ClientId, ct),
        };
    }

    private static OAuthError? FirstFailure(Rule[] rules, AuthorizeContext context)
    {
        foreach (var rule in rules)
        {
            if (rule(context) is { } error)
                return error;
        }

        return null;
    }

    private AuthorizeOutcome.Respond Respond(AuthorizeContext context, OAuthError error) => new(Response(context, error));

    private AuthorizeResponse Response(AuthorizeContext context, OAuthError error) =>
        Response(context, [new("error", error.Code), new("error_description", error.Description)]);

    private AuthorizeResponse Response(AuthorizeContext context, List<KeyValuePair<string, string>> parameters)
    {
        if (context.Parameters["state"] is { } state)
            parameters.Add(new("state", state));
        parameters.Add(new("iss", tenant.Issuer.Value));
        return new AuthorizeResponse(context.RedirectUri!, ModeOf(context.Parameters), parameters);
    }

    /// <summary>The mode asked for; else the fragment for a response type that would carry tokens, so that its refusal arrives where the client looks.</summary>
    private static ResponseMode ModeOf(RequestParameters parameters) => parameters["response_mode"] switch
    {
        "form_post" => ResponseMode.FormPost,
        "fragment" => ResponseMode.Fragment,
        "query" => ResponseMode.Query,
        _ => parameters["response_type"]?.Split(' ').Any(type => type is "token" or "id_token") == true ? ResponseMode.Fragment : ResponseMode.Query,
    };
}
