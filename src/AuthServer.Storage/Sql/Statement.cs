namespace AuthServer.Storage.Sql;

/// <summary>
/// The text of a statement, made once and known by its identity: what is prepared for it is found without reading it
/// again.
/// </summary>
internal sealed class Statement(string text)
{
    public string Text { get; } = text;
}
