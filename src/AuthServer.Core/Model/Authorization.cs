using System.Diagnostics.CodeAnalysis;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Model;

/// <summary>
/// Permission that a user gives a client. Permanent: a consent, one per user, client and API; Auth0's grant. Ad hoc:
/// the result of one sign-in, to which its codes and tokens belong, so that revoking one row revokes them all.
/// </summary>
public sealed class Authorization : OpenIddictEntityFrameworkCoreAuthorization<Guid, Client, Token>
{
    private Scopes? granted;

    public Authorization() => base.Status = Statuses.Valid;

    /// <summary>Key of the client.</summary>
    public Guid? ApplicationId { get; set; }
    public required string ClientId { get; set; }

    /// <summary>The <c>sub</c> by which the client knows the user: the user's id, or a pairwise name.</summary>
    [AllowNull]
    public override required string Subject
    {
        get => base.Subject!;
        set => base.Subject = value;
    }

    public required string UserId { get; set; }

    /// <summary>The user as of when it was read; null where it was not read along.</summary>
    public User? User { get; set; }

    /// <summary><c>sid</c> of the session; empty for a consent, and for a password at the token endpoint.</summary>
    public string SessionId { get; set; } = "";

    /// <summary>Stored form of the API's identifier; null when the tokens are only for <c>/userinfo</c>.</summary>
    public string? Audience { get; set; }

    /// <summary>The organization that the user signed in to; null without one.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>A JSON array of strings, as OpenIddict stores it.</summary>
    public override string? Scopes
    {
        get => base.Scopes;
        set
        {
            base.Scopes = value;
            granted = null;
        }
    }

    /// <summary>View over <see cref="Scopes"/>.</summary>
    public Scopes GrantedScopes
    {
        get => granted ??= Core.Scopes.Of(JsonText.ReadList(base.Scopes));
        set
        {
            base.Scopes = JsonText.WriteList(value);
            granted = value;
        }
    }

    /// <summary>Null when the request named no claims.</summary>
    public RequestedClaims? Claims { get; set; }

    /// <summary>Changes that Actions made to its tokens; null when there are none.</summary>
    public TokenCustomization? Customization { get; set; }

    /// <summary>When the user last proved their identity before this.</summary>
    public DateTimeOffset AuthenticatedAt { get; set; }

    /// <summary>ID tokens carry <c>auth_time</c> (OpenID Connect Core §2).</summary>
    public bool AuthTimeWanted { get; set; }

    /// <summary>Time at which the last token that can belong to it expires; the greatest value for a consent.</summary>
    public DateTimeOffset ExpiresAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>When scopes were last added to a consent, or when an ad hoc authorization was revoked.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>24 hexadecimal digits, by which the API names a consent; null for an ad hoc authorization.</summary>
    public string? PublicId { get; set; }

    /// <summary>The creation date, in UTC.</summary>
    public DateTimeOffset CreatedAt => new(CreationDate!.Value, TimeSpan.Zero);

    /// <summary>It is not revoked.</summary>
    public bool IsValid => Status == Statuses.Valid;

    /// <summary>It is neither revoked nor expired.</summary>
    public bool IsLive(DateTimeOffset now) => IsValid && ExpiresAt > now;
}
