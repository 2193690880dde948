using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Authorize;

/// <summary>The stores that an authorization request is read from.</summary>
public sealed record AuthorizeStores(IClientStore Clients, IResourceServerStore Apis, IConnectionStore Connections, IConsentStore Consents, IOrganizationStore Organizations);

/// <summary>The sentence of <c>/authorize</c>: load, run the two tables, ask which interaction is due, answer.</summary>
public sealed class AuthorizeHandler(Tenant tenant, AuthorizeStores stores, IdTokenHints hints, AuthorizationRequests requests, Memberships memberships, FrontChannel frontChannel)
{
    /// <summary>Answers a new request and a resumed one alike.</summary>
    public async Task<AuthorizeOutcome> HandleAsync(PendingAuthorization pending, SignedIn? signedIn, DateTimeOffset now, CancellationToken ct)
    {
        pending = pending.SeenBy(signedIn);
        if (!(await LoadAsync(pending, ct)).Succeeded(out var context, out var unread))
            return new AuthorizeOutcome.ShowError(unread);
        if (FirstFailure(AuthorizeRules.BeforeRedirect, context) is { } untrusted)
            return new AuthorizeOutcome.ShowError(untrusted);
        if (FirstFailure(AuthorizeRules.AfterRedirect, context) is { } refused)
            return await RefuseAsync(context, refused, signedIn, ct);

        var consent = signedIn is null
            ? null
            : await stores.Consents.FindAsync(signedIn.User.UserId, context.Client.ClientId, context.Audience, ct);
        var state = new InteractionState(context, pending, signedIn, ConsentRules.Covers(consent, context), now) { Standing = await StandingAsync(context, signedIn, ct) };
        if (Interactions.OnlyChoice(state) is { } only)
            return await HandleAsync(pending with { OrganizationId = only.Id, OrganizationChosenBy = signedIn!.User.UserId }, signedIn, now, ct);
        if (await memberships.TryJoinAsync(state, ct))
            return await HandleAsync(pending, signedIn, now, ct);
        if (Interactions.Due(state) is { } due)
        {
            if (context.Silent)
                return await RespondAsync(context, due.WhenSilent, ct);

            // The user came back from the login as somebody else than the client asked for (CVE-2023-6787).
            if (signedIn is not null && !context.Expects(signedIn.User) && signedIn.Session.AuthenticatedAt >= pending.LoginsCountFrom)
                return await RespondAsync(context, OAuthError.LoginRequired("The user who signed in is not the one that was asked for"), ct);
            if (state.IsFresh && Interactions.IsStranger(state) && due.Interaction is Interaction.Login)
                return await RespondAsync(context, due.WhenSilent, ct);
            return new AuthorizeOutcome.Interact(due.Interaction, pending);
        }

        // The account page of this server wants nothing but somebody signed in.
        var answer = AccountApplication.Is(context.Client) ? [] : await frontChannel.AnswerAsync(context, signedIn!, now, ct);
        return answer is null ? new AuthorizeOutcome.ShowError(AnsweredBefore) : new AuthorizeOutcome.Respond(Response(context, answer));
    }

    /// <summary>The request as its pages show it; the error when it stopped being valid meanwhile.</summary>
    public async Task<Result<AuthorizeContext>> ExamineAsync(PendingAuthorization pending, CancellationToken ct)
    {
        if (!(await LoadAsync(pending, ct)).Succeeded(out var context, out var unread))
            return unread;
        var error = FirstFailure(AuthorizeRules.BeforeRedirect, context) ?? FirstFailure(AuthorizeRules.AfterRedirect, context);
        return error is null ? context : error;
    }

    /// <summary>What the user is to the organization of the request.</summary>
    public Task<Standing> StandingAsync(AuthorizeContext context, SignedIn? signedIn, CancellationToken ct) => memberships.FindAsync(context, signedIn, ct);

    /// <summary>The user agreed on the consent page: remembered, and noted in the handle for this one request.</summary>
    public async Task<PendingAuthorization> ConsentAsync(AuthorizeContext context, PendingAuthorization pending, SignedIn signedIn, DateTimeOffset now, CancellationToken ct)
    {
        var (client, userId) = (context.Client, signedIn.User.UserId);
        var subject = SubjectIdentifier.Of(client, userId, tenant);
        await stores.Consents.AddAsync(
            new NewConsent(userId, subject, client, context.Audience, context.Disclosed), now, ct);
        return pending with { ConsentedIn = signedIn.Session.Id };
    }

    /// <summary>The answer to the client when the user refuses, or cancels the login.</summary>
    public Task<AuthorizeOutcome> DenyAsync(AuthorizeContext context, CancellationToken ct) =>
        RespondAsync(context, OAuthError.AccessDenied("User did not authorize the request"), ct);

    private static OAuthError AnsweredBefore => OAuthError.InvalidRequestUri("The request_uri was used before");

    private async Task<Result<AuthorizeContext>> LoadAsync(PendingAuthorization pending, CancellationToken ct)
    {
        if (!(await requests.OpenAsync(pending, ct)).Succeeded(out var opened, out var unread))
            return unread;
        var parameters = opened.Parameters;
        var client = parameters["client_id"] switch
        {
            null => null,
            AccountApplication.ClientId => AccountApplication.At(tenant),
            var clientId => await stores.Clients.FindAsync(clientId, ct),
        };
        var context = new AuthorizeContext
        {
            Tenant = tenant,
            Parameters = parameters,
            IsSigned = opened.IsSigned,
            IsPushed = pending.IsPushed || opened.Pushed is not null,
            Pushed = opened.Pushed,
            MaybeClient = client,
        };
        if (client is null)
            return context;
        return context with
        {
            Target = await RequestedApi.FindAsync(parameters, tenant, stores.Apis, ct),
            Connections = await ConnectionsOfAsync(client, ct),
            Within = await RequestedOrganization.FindAsync(pending with { Parameters = parameters }, client, tenant, stores.Organizations, ct),
            Hint = parameters["id_token_hint"] is { } hint ? await hints.ReadAsync(hint, ct) : null,
        };
    }

    private ValueTask<IReadOnlyList<Connection>> ConnectionsOfAsync(Client client, CancellationToken ct) => client switch
    {
        _ when AccountApplication.Is(client) => stores.Connections.AllAsync(ct),
        { IsStrict: true } => stores.Connections.DomainLevelAsync(ct),
        _ => stores.Connections.ForClientAsync(client.ClientId, ct),
    };

    private static OAuthError? FirstFailure(Rule[] rules, AuthorizeContext context)
    {
        foreach (var rule in rules)
        {
            if (rule(context) is { } error)
                return error;
        }

        return null;
    }

    /// <summary>
    /// A wrong request of a client that nobody vouches for, in a browser where nobody is signed in, goes nowhere: else a link to
    /// this server would lead to whatever address somebody registered (RFC 9700 §4.11.2).
    /// </summary>
    private async Task<AuthorizeOutcome> RefuseAsync(AuthorizeContext context, OAuthError error, SignedIn? signedIn, CancellationToken ct) =>
        signedIn is null && context.Client.RedirectionPolicy == RedirectionPolicies.OpenRedirectProtection
            ? new AuthorizeOutcome.ShowError(error)
            : await RespondAsync(context, error, ct);

    /// <summary>An error is an answer too: a pushed request gets one.</summary>
    private async Task<AuthorizeOutcome> RespondAsync(AuthorizeContext context, OAuthError error, CancellationToken ct) =>
        await requests.TryEndAsync(context.Pushed, ct)
            ? new AuthorizeOutcome.Respond(Response(context, error))
            : new AuthorizeOutcome.ShowError(AnsweredBefore);

    private AuthorizeResponse Response(AuthorizeContext context, OAuthError error) =>
        Response(context, [new("error", error.Code), new("error_description", error.Description)]);

    private AuthorizeResponse Response(AuthorizeContext context, List<KeyValuePair<string, string>> parameters)
    {
        if (context.Parameters["state"] is { } state)
            parameters.Add(new("state", state));
        parameters.Add(new("iss", tenant.Issuer.Value));
        return new AuthorizeResponse(context.RedirectUri!, ResponseModes.Of(context), parameters);
    }
}
