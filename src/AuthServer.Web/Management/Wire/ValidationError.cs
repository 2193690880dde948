namespace AuthServer.Web.Management.Wire;

/// <summary>What is wrong with a payload, and where.</summary>
internal sealed record ValidationError(string Reason, string Path = "")
{
    public static ValidationError Unknown(string name) => new($"Additional properties not allowed: {name}");

    public static ValidationError Missing(string name) => new($"Missing required property: {name}");

    public ValidationError Under(string name) => this with { Path = Path.Length == 0 ? name : $"{name}.{Path}" };

    public static implicit operator ValidationError(string reason) => new(reason);

    public static ValidationError FromString(string reason) => reason;
}
