namespace AuthServer.Core.Model;

/// <summary>Operation that a ticket allows.</summary>
public static class TicketKinds
{
    public const string VerifyEmail = "verify_email";
    public const string ResetPassword = "reset_password";
}

/// <summary>
/// Link that does one thing for one user, once: 256 random bits in the URL of an email, their hash here. A user has one
/// of each kind, and the next voids it; so does a new address, a new password or a block.
/// </summary>
public sealed class Ticket
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>For tickets that an administrator requests (<c>ttl_sec</c>).</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    /// <summary>SHA-256 of the link's value.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>One of <see cref="TicketKinds"/>.</summary>
    public required string Kind { get; init; }
    public required string UserId { get; init; }

    /// <summary>The user's address when it was made: it is good for no other.</summary>
    public string? NormalizedEmail { get; init; }

    /// <summary>
    /// The user with this ticket reads that address: it was mailed there, or an administrator says so.
    /// </summary>
    public bool ProvesAddress { get; init; }

    /// <summary>The application for whose sake it was made.</summary>
    public string? ClientId { get; init; }

    /// <summary>URL that the browser is sent to afterwards; allowed when the ticket was made.</summary>
    public string? ResultUrl { get; init; }

    /// <summary>The address goes along to <see cref="ResultUrl"/>.</summary>
    public bool EmailInResult { get; init; }

    /// <summary>Handle of the sign-in that continues afterwards, encrypted as its pages carry it.</summary>
    public string? WaitingSignIn { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Creates a ticket, and its value, which is not stored.</summary>
    public static (Ticket Ticket, Secret Value) For(User user, TicketTerms terms, DateTimeOffset now)
    {
        var value = OpaqueToken.Create();
        return (new Ticket
        {
            Hash = value.Hash().Bytes,
            Kind = terms.Kind,
            UserId = user.UserId,
            NormalizedEmail = user.NormalizedEmail,
            ProvesAddress = terms.ProvesAddress,
            ClientId = terms.ClientId,
            ResultUrl = terms.ResultUrl,
            EmailInResult = terms.EmailInResult,
            WaitingSignIn = terms.WaitingSignIn,
            CreatedAt = now,
            ExpiresAt = now + terms.Lifetime,
        }, value);
    }
}

/// <summary>Description of a new ticket; see <see cref="Ticket"/>.</summary>
public sealed record TicketTerms(string Kind)
{
    public TimeSpan Lifetime { get; init; } = Ticket.Lifetime;
    public bool ProvesAddress { get; init; }
    public string? ClientId { get; init; }
    public string? ResultUrl { get; init; }
    public bool EmailInResult { get; init; }
    public string? WaitingSignIn { get; init; }
}
