namespace AuthServer.Core.Tickets;

/// <summary>
/// A request for a new password. The answer goes out when this is stored, and only then is looked up whether there is
/// such a user: nothing in the answer, not even its time, depends on it
/// (docs/security.md#letters-and-tickets-asvs-637-64).
/// </summary>
public sealed class PasswordResetRequest
{
    public required Guid Id { get; init; }

    /// <summary>The names of the user databases to look in, in order.</summary>
    public required IReadOnlyList<string> Connections { get; init; }

    /// <summary>An address or a user name, through <see cref="Users.LoginIdentifier.Normalize"/>.</summary>
    public required string Identifier { get; init; }
    public string? ClientId { get; init; }

    /// <summary><see cref="Ticket.WaitingSignIn"/>.</summary>
    public string? WaitingSignIn { get; init; }

    /// <summary>Of the letter: <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The issuer that was asked, whose page the link leads to.</summary>
    public required string Issuer { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then somebody is at it.</summary>
    public DateTimeOffset NextTryAt { get; set; }
}
