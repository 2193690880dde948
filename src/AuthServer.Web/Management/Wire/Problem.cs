namespace AuthServer.Web.Management.Wire;

/// <summary>What is wrong with a payload, and where.</summary>
internal sealed record Problem(string Reason, string Path = "")
{
    public static Problem Unknown(string name) => new($"Additional properties not allowed: {name}");

    public static Problem Missing(string name) => new($"Missing required property: {name}");

    public Problem Under(string name) => this with { Path = Path.Length == 0 ? name : $"{name}.{Path}" };

    public static implicit operator Problem(string reason) => new(reason);

    public static Problem FromString(string reason) => reason;
}
