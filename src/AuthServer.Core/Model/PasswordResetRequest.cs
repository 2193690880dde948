namespace AuthServer.Core.Model;

/// <summary>
/// Request for a new password. The response is sent when this is stored, and only then the server looks up whether the
/// user exists: nothing in the response, not even its time, depends on it
/// (docs/security.md#emails-and-tickets-asvs-637-64).
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

    /// <summary>Language of the email: <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The issuer that was asked, whose page the link leads to.</summary>
    public required string Issuer { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then a node is processing it.</summary>
    public DateTimeOffset NextTryAt { get; set; }
}
