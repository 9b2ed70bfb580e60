using System.Data.Common;

namespace Assay.Server.Store.Reads;

/// <summary>The named values of a statement, none of them null.</summary>
internal sealed class SqlArguments
{
    private readonly List<(string Name, object Value)> items = [];

    public SqlArguments Add(string name, object value)
    {
        items.Add((name, value));
        return this;
    }

    public void AddTo(DbCommand command)
    {
        foreach (var (name, value) in items)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Gives new values to a command that has run with the same names before.</summary>
    public void Refresh(DbCommand command)
    {
        for (var i = 0; i < items.Count; i++) command.Parameters[i].Value = items[i].Value;
    }
}
