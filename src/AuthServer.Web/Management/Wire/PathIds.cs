namespace AuthServer.Web.Management.Wire;

/// <summary>Ids in paths. The server decodes a path except for the slash, which would split it.</summary>
internal static class PathIds
{
    public static string Unslashed(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
