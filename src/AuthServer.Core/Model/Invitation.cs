namespace AuthServer.Core.Model;

/// <summary>
/// Invites the owner of an email address to an organization, by way of one client. There are two tickets to it: one
/// for the inviter, and one that only the email has, so that only the latter proves the address.
/// </summary>
public sealed class Invitation
{
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    /// <summary>How long an expired invitation is kept, so that its page can show the reason.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    /// <summary><c>uinv_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }
    public required string OrganizationId { get; init; }

    /// <summary>The client at which it is accepted.</summary>
    public required string ClientId { get; init; }

    /// <summary>The connection that has to be used; null when any of the organization's will do.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>SHA-256 of the ticket that the answer to the inviter holds.</summary>
    public required byte[] TicketHash { get; init; }

    /// <summary>SHA-256 of the ticket in the email; null when no email was sent.</summary>
    public byte[]? MailedTicketHash { get; init; }
    public required string InviterName { get; init; }

    /// <summary>As the inviter wrote it.</summary>
    public required string Email { get; init; }

    /// <summary>The roles that the new member gets.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>For the account, when the invitation makes one: JSON objects.</summary>
    public string AppMetadata { get; init; } = "{}";
    public string UserMetadata { get; init; } = "{}";
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>The user id of who accepted it.</summary>
    public string? AcceptedBy { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    public InvitationStatus StatusAt(DateTimeOffset now) =>
        AcceptedAt is not null ? InvitationStatus.Used
        : RevokedAt is not null ? InvitationStatus.Revoked
        : ExpiresAt <= now ? InvitationStatus.Expired
        : InvitationStatus.Open;
}

public enum InvitationStatus
{
    Open,
    Used,
    Revoked,
    Expired,

    /// <summary>No such ticket, or one for another organization or client.</summary>
    Unknown,
}
