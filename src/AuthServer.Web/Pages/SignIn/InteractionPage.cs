using AuthServer.Core.Authorize;
using AuthServer.Core.Federation;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Protocol.Authorize;
using AuthServer.Protocol.Hosting;
using AuthServer.Protocol.Responses;
using AuthServer.Web.Branding;
using AuthServer.Web.Http;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AuthServer.Web.Pages.SignIn;

/// <summary>Services of every page of a waiting authorization.</summary>
public sealed record InteractionParts(
    PendingAuthorizationProtector Pending,
    AuthorizeHandler Handler,
    BrowserSession Session,
    BrandedOrganization Branded,
    IEventLog Events,
    TimeProvider Time);

/// <summary>
/// Page of an authorization request. Only the encrypted handle in the URL says which request it is; other posted values
/// are ignored (CVE-2021-27582).
/// </summary>
public abstract class InteractionPage(InteractionParts parts) : PageModel
{
    private PendingAuthorization? pending;
    private AuthorizeContext? context;

    public AuthorizeContext Authorization =>
        context ?? throw new InvalidOperationException("The request was not opened yet.");

    /// <summary>User that this browser is signed in as now; null when there is none.</summary>
    public SignedIn? SignedIn { get; private set; }

    /// <summary>Membership of the user in the organization of the request.</summary>
    public OrganizationMembership Membership { get; private set; } = OrganizationMembership.None;

    /// <summary>The invitation that signing in or up accepts; null when there is none that can be.</summary>
    public Invitation? Invited =>
        Authorization.RequestedOrganization.Invitation is { } presented
        && presented.StatusAt(Now) == InvitationStatus.Open
            ? presented.Invitation
            : null;

    /// <summary>The signed-in user is not a member of the organization.</summary>
    public bool IsNotMember => Interactions.IsNotMember(State(consentIsCovered: true));

    public string ClientName => DisplayText.Of(Authorization.Client.Name);

    public string Handle => Request.Query["state"].ToString();

    /// <summary>
    /// Identity providers with a button. A hidden one has a button when the request names it or when it is the only
    /// one.
    /// </summary>
    public IReadOnlyList<IdentityProvider> Providers
    {
        get
        {
            var allowed = Authorization.AllowedConnections
                .Where(connection => !connection.IsDatabase && connection.HasKeys)
                .ToList();
            var shown = allowed
                .Where(connection =>
                    (connection.ShowAsButton && Authorization.RequestedOrganization.ShowsButton(connection))
                    || Authorization.PickedProvider is not null)
                .ToList();
            return
            [
                .. (shown.Count == 0 && !Databases.Any() ? allowed : shown)
                    .Select(IdentityProvider.Of)
                    .OfType<IdentityProvider>(),
            ];
        }
    }

    protected PendingAuthorization Pending =>
        pending ?? throw new InvalidOperationException("The request was not opened yet.");

    protected DateTimeOffset Now => parts.Time.GetUtcNow();

    protected AuthorizeHandler Handler => parts.Handler;

    protected BrowserSession Session => parts.Session;

    protected string RemoteAddress => ClientAddress.Of(HttpContext.Connection.RemoteIpAddress);

    protected IEnumerable<Connection> Databases =>
        Authorization.AllowedConnections.Where(connection => connection.IsDatabase);

    /// <summary>The databases whose users reset their passwords themselves.</summary>
    protected IEnumerable<Connection> WithReset =>
        Databases.Where(connection => !DatabaseOptions.Of(connection).DisablesPasswordReset);

    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await OpenAsync(HttpContext.RequestAborted) is { } refused)
            context.Result = refused;
        else
            await next();
    }

    /// <summary>
    /// The interaction that is due before consent; null when only the user's agreement may be missing.
    /// </summary>
    protected Interaction? DueBeforeConsent() =>
        Due(consentIsCovered: true) is Interaction.Consent ? null : Due(consentIsCovered: true);

    protected Interaction? Due(bool consentIsCovered) =>
        Interactions.Due(State(consentIsCovered))?.Interaction;

    protected InteractionState State(bool consentIsCovered) =>
        new(Authorization, Pending, SignedIn, consentIsCovered, Now) { Membership = Membership };

    protected IActionResult Resume(PendingAuthorization waiting) =>
        new EndpointResult(Redirects.To(parts.Pending.ResumePath(waiting)));

    protected async Task<IActionResult> DenyAsync()
    {
        await RecordAsync(
            LogEventTypes.FailedLogin,
            new LogEvent { Description = "User did not authorize the request" }.By(SignedIn?.User));
        return Resume(Pending with { IsDenied = true, DeniedIn = SignedIn?.Session.Id });
    }

    /// <summary>Records an event of a login for this application.</summary>
    protected Task RecordAsync(LogEventType type, LogEvent about) =>
        parts.Events.RecordAsync(
            type, about.For(Authorization.Client).In(Authorization.RequestedOrganization.Organization));

    private async Task<IActionResult?> OpenAsync(CancellationToken ct)
    {
        if (parts.Pending.Open(Handle) is not { } waiting)
            return new PageErrorResult(new PageError(PageErrorKind.Expired));
        SignedIn = await Session.FindAsync(ct);
        waiting = waiting.SeenBy(SignedIn);
        if (!(await Handler.ExamineAsync(waiting, ct)).Succeeded(out var examined, out var error))
            return new PageErrorResult(PageError.OfRequest(error));

        (pending, context) = (waiting, examined);
        parts.Branded.Organization = examined.RequestedOrganization.Organization;
        Membership = await Handler.MembershipAsync(examined, SignedIn, ct);
        PageHeaders.Set(Response, examined.RedirectUri);
        Response.SetOpenerPolicy(waiting.Parameters);
        return null;
    }
}
