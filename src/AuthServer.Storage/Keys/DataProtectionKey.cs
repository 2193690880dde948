namespace AuthServer.Storage.Keys;

/// <summary>
/// A key of ASP.NET Core Data Protection: its XML, with the secret part encrypted by the code that stores it.
/// </summary>
public sealed class DataProtectionKey
{
    public long Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
}
