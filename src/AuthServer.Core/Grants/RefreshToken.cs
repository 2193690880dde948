namespace AuthServer.Core.Grants;

/// <summary>RFC 6749 §1.5. A rotated token keeps its child sealed under itself, so that a lost answer can be given again.</summary>
public sealed class RefreshToken
{
    public required Guid Id { get; init; }
    public required byte[] Hash { get; init; }
    public required Guid GrantId { get; init; }
    public Grant Grant { get; set; } = null!;
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The end of idleness; never later than the grant's own.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The thumbprint of the key of a public client (RFC 9449 §5); null when it is bound to none.</summary>
    public string? BoundTo { get; init; }

    /// <summary>When it was rotated away.</summary>
    public DateTimeOffset? SpentAt { get; set; }
    public Guid? ChildId { get; set; }

    /// <summary>The child's value under a key that only the holder of this token's value can derive (<see cref="SealedChild"/>).</summary>
    public byte[]? ChildSealed { get; set; }
}
