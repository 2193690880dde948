using AuthServer.Core.Sessions;

namespace AuthServer.Core.Authorize;

/// <summary>
/// Authorization request that waits for its user. It is not stored: the encrypted handle contains it, which
/// <c>/u/login</c> and the pages after it carry as <c>state</c> (docs/decisions/0002).
/// </summary>
public sealed record PendingAuthorization(RequestParameters Parameters, DateTimeOffset StartedAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The same for as long as the request waits.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7(StartedAt);

    /// <summary>
    /// <c>sid</c> of the session that the user chose to continue with (<c>prompt=select_account</c>).
    /// </summary>
    public string? AccountChosenIn { get; init; }

    /// <summary>The <c>sid</c> of the session in which the user agreed to just this request.</summary>
    public string? ConsentedIn { get; init; }

    /// <summary>The parameters came in a signed request object (RFC 9101), which was verified.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The request is being pushed (RFC 9126). Later it carries only the reference.</summary>
    public bool IsPushed { get; init; }

    /// <summary>The organization that the user chose; null when the request names it, or there is none.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The user continues with their own account, without an organization.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The user who chose either; null when it was done before the login.</summary>
    public string? OrganizationChosenBy { get; init; }

    /// <summary>The <c>sid</c> of the session in which the user accepted the invitation.</summary>
    public string? InvitationAcceptedIn { get; init; }

    /// <summary>Without what another user chose.</summary>
    public PendingAuthorization SeenBy(SignedIn? signedIn) =>
        OrganizationChosenBy is { } user && user != signedIn?.User.UserId
        ? this with { OrganizationId = null, IsPersonal = false, OrganizationChosenBy = null }
        : this;

    /// <summary>The user continues without the invitation of the request.</summary>
    public bool InvitationDropped { get; init; }

    /// <summary>The user did not authorize the request, or cancelled the login: the client receives an error.</summary>
    public bool IsDenied { get; init; }

    /// <summary>The <c>sid</c> of the session in which the user denied it; null when none was signed in.</summary>
    public string? DeniedIn { get; init; }

    /// <summary>Time at which the user asked to continue with another account; null when they did not.</summary>
    public DateTimeOffset? AnotherSince { get; init; }

    /// <summary>A login since then was made for this very request.</summary>
    public DateTimeOffset LoginsCountFrom => AnotherSince ?? StartedAt;

    /// <summary>The same request, for another user than the one signed in.</summary>
    public PendingAuthorization ForAnother(DateTimeOffset now) => this with { AnotherSince = now };

    public bool IsExpired(DateTimeOffset now) => now >= StartedAt + Lifetime;
}
