using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Authorize;

/// <summary>The stores that an authorization request is read from.</summary>
public sealed record AuthorizeStores(
    IClientStore Clients,
    IResourceServerStore Apis,
    IConnectionStore Connections,
    IConsentStore Consents,
    IOrganizationStore Organizations);

/// <summary>Loads authorization requests, and decides which interaction is due before one is approved.</summary>
public sealed class AuthorizeHandler(
    Tenant tenant,
    AuthorizeStores stores,
    IIdTokenHintReader hints,
    AuthorizationRequests requests,
    Memberships memberships)
{
    /// <summary>Loads everything that the rules read. A request of an unknown client has only its parameters.</summary>
    public async Task<AuthorizeContext> LoadAsync(
        OpenedRequest opened, PendingAuthorization pending, CancellationToken ct)
    {
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
            Target = await RequestedResourceServer.FindAsync(parameters, tenant, stores.Apis, ct),
            Connections = await ConnectionsOfAsync(client, ct),
            RequestedOrganization = await OrganizationOfAsync(context, pending, ct),
            Hint = parameters["id_token_hint"] is { } hint ? await hints.ReadAsync(hint, ct) : null,
        };
    }

    /// <summary>Decides on a request whose rules have passed, new or resumed.</summary>
    public async Task<AuthorizeOutcome> DecideAsync(
        AuthorizeContext context,
        PendingAuthorization pending,
        SignedIn? signedIn,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (pending.IsDenied)
            return new AuthorizeOutcome.Reject(OAuthError.AccessDenied("User did not authorize the request"));
        var state = await StateAsync(context, pending, signedIn, now, ct);
        if (Interactions.OnlyChoice(state) is { } only)
        {
            var chosen = pending with { OrganizationId = only.Id, OrganizationChosenBy = signedIn!.User.UserId };
            return await DecideAgainAsync(context, chosen, signedIn, now, ct);
        }

        if (await memberships.TryJoinAsync(state, ct))
            return await DecideAgainAsync(context, pending, signedIn, now, ct);
        if (Interactions.Due(state) is not { } due)
            return new AuthorizeOutcome.Approve(context, signedIn!);
        if (context.Silent)
            return new AuthorizeOutcome.Reject(due.WhenSilent);

        // The user who logged in is not the one that the client requested (CVE-2023-6787).
        if (signedIn is not null && !context.Expects(signedIn.User) && state.IsFresh)
        {
            return new AuthorizeOutcome.Reject(
                OAuthError.LoginRequired("The user who signed in is not the one that was asked for"));
        }

        if (state.IsFresh && Interactions.IsNotMember(state) && due.Interaction is Interaction.Login)
            return new AuthorizeOutcome.Reject(due.WhenSilent);
        return new AuthorizeOutcome.Interact(due.Interaction, pending);
    }

    /// <summary>The request as its pages show it; the error when it stopped being valid meanwhile.</summary>
    public async Task<Result<AuthorizeContext>> ExamineAsync(PendingAuthorization pending, CancellationToken ct)
    {
        if (!(await requests.OpenAsync(pending, ct)).Succeeded(out var opened, out var unread))
            return unread;
        var context = await LoadAsync(opened, pending, ct);
        var error = AuthorizeRules.Check(AuthorizeRules.BeforeRedirect, context)
            ?? AuthorizeRules.Check(AuthorizeRules.AfterRedirect, context);
        return error is null ? context : error;
    }

    /// <summary>Membership of the user in the organization of the request.</summary>
    public Task<OrganizationMembership> MembershipAsync(
        AuthorizeContext context,
        SignedIn? signedIn,
        CancellationToken ct) => memberships.FindAsync(context, signedIn, ct);

    /// <summary>Stores the consent, and notes it in the pending request for this one time.</summary>
    public async Task<PendingAuthorization> ConsentAsync(
        AuthorizeContext context,
        PendingAuthorization pending,
        SignedIn signedIn,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var (client, userId) = (context.Client, signedIn.User.UserId);
        var subject = SubjectIdentifier.Of(client, userId, tenant);
        var consent = new NewConsent(userId, subject, client, context.Audience, context.Disclosed);
        await stores.Consents.AddAsync(consent, now, ct);
        return pending with { ConsentedIn = signedIn.Session.Id };
    }

    private async Task<InteractionState> StateAsync(
        AuthorizeContext context,
        PendingAuthorization pending,
        SignedIn? signedIn,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var consent = signedIn is null
            ? null
            : await stores.Consents.FindAsync(signedIn.User.UserId, context.Client.ClientId, context.Audience, ct);
        return new InteractionState(context, pending, signedIn, ConsentRules.Covers(consent, context), now)
        {
            Membership = await MembershipAsync(context, signedIn, ct),
        };
    }

    /// <summary>The organization, or the membership in it, is another one now.</summary>
    private async Task<AuthorizeOutcome> DecideAgainAsync(
        AuthorizeContext context,
        PendingAuthorization pending,
        SignedIn? signedIn,
        DateTimeOffset now,
        CancellationToken ct)
    {
        context = context with { RequestedOrganization = await OrganizationOfAsync(context, pending, ct) };
        return AuthorizeRules.Check(AuthorizeRules.AfterRedirect, context) is { } error
            ? new AuthorizeOutcome.Reject(error)
            : await DecideAsync(context, pending, signedIn, now, ct);
    }

    private Task<RequestedOrganization> OrganizationOfAsync(
        AuthorizeContext context, PendingAuthorization pending, CancellationToken ct) =>
        RequestedOrganization.FindAsync(
            pending with { Parameters = context.Parameters }, context.Client, tenant, stores.Organizations, ct);

    private ValueTask<IReadOnlyList<Connection>> ConnectionsOfAsync(Client client, CancellationToken ct) =>
        client switch
        {
            _ when AccountApplication.Is(client) => stores.Connections.AllAsync(ct),
            { IsStrict: true } => stores.Connections.DomainLevelAsync(ct),
            _ => stores.Connections.ForClientAsync(client.ClientId, ct),
        };
}
