namespace AuthServer.Core.Jose;

/// <summary>Signs a JWS with one key and one algorithm.</summary>
public interface ISigner
{
    /// <summary>The header's <c>kid</c>; null for a key that is not published.</summary>
    string? Kid { get; }

    string Algorithm { get; }

    byte[] Sign(ReadOnlySpan<byte> input);
}
